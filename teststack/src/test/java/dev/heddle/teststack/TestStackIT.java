package dev.heddle.teststack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.ClientOp;
import dev.heddle.engine.text.Change;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TestStackIT {

    @Test
    void shouldReadBackWhatWasSentAlsoAfterARestart() throws Exception {
        try (TestStack stack = TestStack.start()) {
            try (var admin = stack.admin()) {
                admin.createTopics(List.of(new NewTopic("ops", 2, (short) 1))).all().get();
            }
            ClientOp sent = ClientOps.of("s", 1, 0, ClientOps.edit("a.txt", List.of(new Change(0, 0, "é😀"))));
            try (OpsProducer producer = new OpsProducer(stack.bootstrapServers(), stack.registryUrl())) {
                producer.send("ops", sent);
                producer.flush();
                producer.sendRaw("ops", new byte[] {7});
            }
            stack.restartKafka();

            try (TopicReader reader = new TopicReader(stack.bootstrapServers(), "ops")) {
                var records = reader.readToEnd();
                assertThat(records).hasSize(2);
                var codec = new WireCodec(stack.registryUrl());
                assertThat(records).filteredOn(each -> each.value().length > 1)
                    .singleElement().satisfies(each ->
                        assertThat(codec.decode(each.value(), ClientOp.class)).isEqualTo(sent));
            }
        }
    }

    @Test
    void shouldBeOnePerJvmWhenShared() {
        assertThat(TestStack.shared()).isSameAs(TestStack.shared());
        assertThat(TestStack.workspace("teststack")).matches("teststack-[0-9a-f]{8}");
    }
}
