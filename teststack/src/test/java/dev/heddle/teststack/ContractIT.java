package dev.heddle.teststack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.ClientOp;
import dev.heddle.Create;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.serde.SchemaNotFoundException;
import dev.heddle.schemas.serde.SchemaRefusedException;
import dev.heddle.schemas.serde.SchemaRegistration;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import dev.heddle.schemas.topic.TopicAdmin;
import dev.heddle.schemas.topic.TopicMismatchException;
import dev.heddle.schemas.topic.TopicSpec;
import dev.heddle.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** The contract of module schemas against a real registry and a real broker. */
class ContractIT {

    private static final short REPLICAS = 1;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static SchemaRegistryClient registry() {
        return SchemaRegistryClient.create(Map.of("schema.registry.url", TestStack.shared().registryUrl()));
    }

    @Test
    void shouldGiveTheSameIdsWhenServicesRegisterOneAfterTheOther() {
        Map<String, Integer> first = SchemaRegistration.registerAll(registry());
        assertThat(first).hasSize(6);
        assertThat(SchemaRegistration.registerAll(registry())).isEqualTo(first);
        SchemaRegistryClient readOnly = SchemaRegistryClient.create(Map.of("schema.registry.url",
            TestStack.shared().registryUrl(), "auto.register.schemas", "false"));
        assertThat(SchemaRegistration.registerAll(readOnly)).isEqualTo(first);
    }

    @Test
    void shouldReadWithTheRegistrysSchemaWhenAnotherProgramWrote() {
        ClientOp op = new ClientOp("123e4567-e89b-12d3-a456-426614174000", 1L, 0L, null, "ada",
            new Create("a.txt", "😀", null), null);
        byte[] bytes = HeddleSerdes.of(registry()).clientOp().serializer().serialize("t", op);
        assertThat(HeddleSerdes.of(registry()).clientOp().deserializer().deserialize("t", bytes)).isEqualTo(op);
    }

    @Test
    void shouldTellAnUnknownIdFromARegistryThatIsAway() {
        assertThatThrownBy(() -> registry().schema(1_999_999_999)).isInstanceOf(SchemaNotFoundException.class);
        assertThatThrownBy(() -> registry().schema(-7)).isInstanceOf(SchemaNotFoundException.class);
        assertThatThrownBy(() -> registry().lookUp("dev.heddle.NoSuch", ClientOp.getClassSchema()))
            .isInstanceOf(SchemaNotFoundException.class);
    }

    @Test
    void shouldBeRefusedWhenASchemaBreaksTheRule() {
        SchemaRegistryClient client = registry();
        SchemaRegistration.registerAll(client);
        Schema careless = SchemaBuilder.record("ClientOp").namespace("dev.heddle").fields()
            .requiredString("session").requiredString("device").endRecord();
        assertThatThrownBy(() -> client.register("dev.heddle.ClientOp", careless))
            .isInstanceOf(SchemaRefusedException.class);
    }

    @Test
    void shouldCreateEveryTopicOnceWhenSeveralServicesStartTogether() throws Exception {
        try (TestStack stack = TestStack.start(); Admin admin = stack.admin()) {
            TopicAdmin topics = new TopicAdmin(admin, REPLICAS, TIMEOUT);
            List<TopicSpec> wanted = new ArrayList<>(Topics.shared(3));
            wanted.add(Topics.ops("demo", 3));
            ExecutorService services = Executors.newFixedThreadPool(4);
            try {
                Callable<Set<String>> start = () -> topics.ensure(wanted);
                int created = 0;
                for (Future<Set<String>> service : services.invokeAll(List.of(start, start, start, start))) {
                    created += service.get().size();
                }
                assertThat(created).isEqualTo(wanted.size());
            } finally {
                services.shutdownNow();
            }
            assertThat(topics.ensure(wanted)).isEmpty();
            assertThat(admin.describeTopics(List.of(Topics.CANONICAL)).allTopicNames().get().get(Topics.CANONICAL)
                .partitions()).hasSize(3);
        }
    }

    @Test
    void shouldNameEveryFaultWhenExistingTopicsBreakPromises() throws Exception {
        try (TestStack stack = TestStack.start(); Admin admin = stack.admin()) {
            String ops = Topics.opsTopic("demo", 3);
            admin.createTopics(List.of(new NewTopic(ops, 2, REPLICAS),
                new NewTopic(Topics.CANONICAL, 3, REPLICAS).configs(Map.of("cleanup.policy", "compact",
                    "max.message.bytes", "1000", "min.cleanable.dirty.ratio", "0.1")))).all().get();
            TopicAdmin topics = new TopicAdmin(admin, REPLICAS, TIMEOUT);
            assertThatThrownBy(() -> topics.ensure(List.of(Topics.ops("demo", 3), Topics.shared(3).get(0))))
                .isInstanceOf(TopicMismatchException.class)
                .hasMessageContaining("topic " + ops + " has 2 partitions (expected: 1")
                .hasMessageContaining("topic " + ops + " has message.timestamp.type=CreateTime (expected: exactly "
                    + "this: LogAppendTime")
                .hasMessageContaining("topic " + ops + " has retention.ms=604800000")
                .hasMessageContaining("topic heddle.canonical has max.message.bytes=1000 (expected: at least this: ")
                .satisfies(error -> assertThat(error.getMessage()).doesNotContain("dirty.ratio"));
        }
    }
}
