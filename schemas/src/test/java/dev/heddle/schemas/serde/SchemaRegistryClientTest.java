package dev.heddle.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.ClientOp;
import dev.heddle.Noop;
import dev.heddle.schemas.serde.FakeRegistry.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaRegistryClientTest {

    private static final Schema SCHEMA = ClientOp.getClassSchema();
    private static final String SUBJECT = SCHEMA.getFullName();

    private final FakeClock clock = new FakeClock();
    private FakeRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = new FakeRegistry();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private SchemaRegistryClient client(String... settings) {
        Map<String, String> all = new HashMap<>();
        all.put("schema.registry.url", registry.url());
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return new SchemaRegistryClient(AvroSerdeConfig.of(all), clock);
    }

    @Test
    void shouldAskOnceWhenTheSameIsNeededAgain() {
        SchemaRegistryClient client = client();
        int id = client.register(SUBJECT, SCHEMA);
        assertThat(client.register(SUBJECT, SCHEMA)).isEqualTo(id);
        assertThat(client.lookUp(SUBJECT, SCHEMA)).isEqualTo(id);
        assertThat(registry.requests).containsExactly("POST /subjects/dev.heddle.ClientOp/versions");
        Schema schema = client.schema(id);
        assertThat(client.schema(id)).isSameAs(schema);
        assertThat(registry.requests).hasSize(2);
    }

    @Test
    void shouldForgetTheLongestUnusedWhenTheCacheIsFull() {
        SchemaRegistryClient client = client("heddle.registry.schemas.max", "2");
        for (int i = 0; i < 3; i++) {
            registry.put("s" + i, SchemaBuilder.record("R" + i).fields().endRecord());
        }
        client.schema(1);
        client.schema(2);
        client.schema(1);
        client.schema(3);
        registry.requests.clear();
        client.schema(1);
        assertThat(registry.requests).isEmpty();
        client.schema(2);
        assertThat(registry.requests).containsExactly("GET /schemas/ids/2");
    }

    @ParameterizedTest
    @EnumSource(names = {"STATUS_500", "STATUS_429", "HANG", "HANG_IN_BODY", "CLOSE", "HUGE"})
    void shouldTryAgainAndSucceedWhenTheFaultPasses(Fault fault) {
        registry.faults.addAll(List.of(fault, fault));
        SchemaRegistryClient client = client("max.retries", "2", "retries.wait.ms", "100",
            "http.read.timeout.ms", "1500");
        assertThat(client.register(SUBJECT, SCHEMA)).isEqualTo(1);
        assertThat(clock.pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
    }

    @ParameterizedTest
    @EnumSource(names = {"STATUS_500", "HANG", "HANG_IN_BODY", "CLOSE", "HUGE"})
    void shouldSayThatTheRegistryIsAwayWhenTheFaultStays(Fault fault) {
        registry.faults.addAll(Collections.nCopies(20, fault));
        SchemaRegistryClient client = client("max.retries", "1", "http.read.timeout.ms", "200");
        assertThatThrownBy(() -> client.schema(1)).isInstanceOf(RegistryUnavailableException.class)
            .isInstanceOf(SerializationException.class).hasMessageContaining(registry.url())
            .hasMessageContaining("after 2 rounds")
            .satisfies(error -> assertThat(((AvroSerdeException) error).retriable()).isTrue());
        assertThat(clock.pauses).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"STATUS_404_HTML", "STATUS_401", "NOT_JSON"})
    void shouldNotBlameTheRecordWhenTheAddressOrThePasswordIsWrong(Fault fault) {
        registry.faults.add(fault);
        assertThatThrownBy(() -> client().schema(1)).isInstanceOf(RegistryUnavailableException.class);
        assertThat(clock.pauses).as("waiting would not help").isEmpty();
    }

    @Test
    void shouldSayThatTheRegistryIsAwayWhenItsAnswerHasNoId() {
        registry.faults.add(Fault.NO_ID);
        assertThatThrownBy(() -> client().register(SUBJECT, SCHEMA)).isInstanceOf(RegistryUnavailableException.class)
            .hasMessageContaining("without an id");
    }

    @Test
    void shouldWaitLongerEachTimeUpToTheLimit() {
        for (int i = 0; i < 6; i++) {
            registry.faults.add(Fault.STATUS_500);
        }
        SchemaRegistryClient client =
            client("max.retries", "5", "retries.wait.ms", "100", "retries.max.wait.ms", "350");
        assertThatThrownBy(() -> client.schema(1)).isInstanceOf(RegistryUnavailableException.class);
        assertThat(clock.pauses.stream().map(Duration::toMillis)).containsExactly(100L, 200L, 350L, 350L, 350L);
    }

    @Test
    void shouldUseAnotherAddressWhenOneDoesNotAnswer() throws IOException {
        int nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }
        SchemaRegistryClient client = client("schema.registry.url",
            "http://127.0.0.1:" + nobody + "/ , " + registry.url() + "/", "max.retries", "0");
        assertThat(client.register(SUBJECT, SCHEMA)).isEqualTo(1);
        assertThat(clock.pauses).isEmpty();
        registry.close();
        assertThatThrownBy(() -> client.schema(5)).isInstanceOf(RegistryUnavailableException.class)
            .hasMessageContaining("127.0.0.1:" + nobody).hasMessageContaining(registry.url());
    }

    @Test
    void shouldAskAgainOnlyAfterAWhileWhenAnIdIsUnknown() {
        SchemaRegistryClient client = client("heddle.registry.unknown.cache.ms", "1000");
        assertThatThrownBy(() -> client.schema(1)).isInstanceOf(SchemaNotFoundException.class)
            .satisfies(error -> assertThat(((AvroSerdeException) error).retriable()).isFalse());
        registry.put(SUBJECT, SCHEMA);
        clock.advance(Duration.ofMillis(999));
        assertThatThrownBy(() -> client.schema(1)).isInstanceOf(SchemaNotFoundException.class);
        assertThat(registry.requests).hasSize(1);
        clock.advance(Duration.ofMillis(2));
        assertThat(client.schema(1)).isEqualTo(SCHEMA);
    }

    @Test
    void shouldNotRememberFailures() {
        registry.put(SUBJECT, SCHEMA);
        registry.faults.add(Fault.STATUS_500);
        SchemaRegistryClient client = client("max.retries", "0");
        assertThatThrownBy(() -> client.schema(1)).isInstanceOf(RegistryUnavailableException.class);
        assertThat(client.schema(1)).isEqualTo(SCHEMA);
    }

    @Test
    void shouldSendUserAndPasswordOnlyWhenSet() {
        client("basic.auth.user.info", "ada:ä pass").register(SUBJECT, SCHEMA);
        client().register(SUBJECT, SCHEMA);
        String expected = Base64.getEncoder().encodeToString("ada:ä pass".getBytes(StandardCharsets.UTF_8));
        assertThat(registry.authorizations).containsExactly("Basic " + expected, "null");
    }

    @Test
    void shouldEncodeTheSubjectWhenItHoldsOddCharacters() {
        client().register("a/b ü", SCHEMA);
        assertThat(registry.requests).containsExactly("POST /subjects/a%2Fb%20%C3%BC/versions");
    }

    @Test
    void shouldStopAtOnceWhenTheThreadIsInterrupted() {
        registry.faults.add(Fault.HANG);
        SchemaRegistryClient client = client("http.read.timeout.ms", "60000");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> client.schema(1)).isInstanceOf(RegistryUnavailableException.class)
            .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).as("the flag is left for the caller").isTrue();
    }

    @Test
    void shouldRegisterEverythingWithTheRuleWhenAServiceStarts() {
        Map<String, Integer> ids = SchemaRegistration.registerAll(client());
        assertThat(ids.keySet()).containsExactly("dev.heddle.ClientOp", "dev.heddle.CanonicalOp",
            "dev.heddle.Rejection", "dev.heddle.Snapshot", "dev.heddle.Presence", "dev.heddle.Workspace");
        assertThat(ids.keySet()).allSatisfy(subject ->
            assertThat(registry.compatibilityOf(subject)).isEqualTo("FULL_TRANSITIVE"));
        registry.requests.clear();
        assertThat(SchemaRegistration.registerAll(client())).isEqualTo(ids);
        assertThat(registry.requests).as("the rule is not written again").noneMatch(r -> r.startsWith("PUT"));
    }

    @Test
    void shouldWriteNothingWhenRegistrationIsOff() {
        SchemaRegistryClient readOnly = client("auto.register.schemas", "false");
        assertThatThrownBy(() -> SchemaRegistration.registerAll(readOnly)).isInstanceOf(SchemaNotFoundException.class);
        assertThat(registry.requests).containsExactly("POST /subjects/dev.heddle.ClientOp");
        Map<String, Integer> ids = SchemaRegistration.registerAll(client());
        assertThat(SchemaRegistration.registerAll(readOnly)).isEqualTo(ids);
    }

    @Test
    void shouldSayWhatTheRegistrySaidWhenASchemaIsIncompatible() {
        client().register(SUBJECT, SCHEMA);
        Schema other = SchemaBuilder.record("ClientOp").namespace("dev.heddle").fields()
            .requiredString("somethingElse").endRecord();
        assertThatThrownBy(() -> client().register(SUBJECT, other)).isInstanceOf(SchemaRefusedException.class)
            .hasMessageContaining("incompatible");
    }

    @Test
    void shouldRefuseAddressesThatAreNone() {
        for (String url : List.of("registry:8081", "ftp://r/", "http://", "http:// x", "")) {
            assertThatThrownBy(() -> client("schema.registry.url", url)).as(url).isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
        }
    }

    @Test
    void shouldRefuseStrategiesThatAreNone() {
        assertThatThrownBy(() -> client("value.subject.name.strategy", "MyStrategy"))
            .isInstanceOf(ConfigException.class).hasMessageContaining("MyStrategy");
    }

    @Test
    void shouldPublishTheFilesOfTheContractUnchangedButForJavasHints() {
        assertThat(PortableSchemas.of(SCHEMA).toString()).doesNotContain("avro.java.string").contains("\"doc\"");
        assertThat(PortableSchemas.of(Noop.getClassSchema())).isEqualTo(Noop.getClassSchema());
    }
}
