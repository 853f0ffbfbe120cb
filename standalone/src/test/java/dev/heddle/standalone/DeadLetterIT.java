package dev.heddle.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.text.Change;
import dev.heddle.teststack.HeddleSocket;
import dev.heddle.teststack.OpsProducer;
import dev.heddle.teststack.TopicReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

class DeadLetterIT {

    private final RunningHeddle heddle = RunningHeddle.shared();

    @Test
    void shouldPutGarbageAsideAndGoOnWhenItIsSentToAnOpsTopic() {
        var workspace = heddle.workspace("garbage");
        heddle.rest().put(workspace.name(), "a.txt", "");
        List<byte[]> garbage = List.of(
            "not a record".getBytes(StandardCharsets.UTF_8),
            new byte[0],
            // The right form, but a schema that no registry knows, and one cut off after its id.
            new byte[] {0, 0x7f, 0, 0, 1, 2, 3},
            new byte[] {0, 0, 0, 0, 1});
        try (HeddleSocket socket = heddle.socket(workspace.name());
             OpsProducer producer = new OpsProducer(heddle.kafka(), heddle.registryUrl());
             TopicReader letters = new TopicReader(heddle.kafka(), "heddle.dead-letters")) {
            String file = socket.open("a.txt");
            socket.edit(file, List.of(new Change(0, 0, "before ")));
            List<RecordMetadata> sent =
                garbage.stream().map(each -> producer.sendRaw(workspace.opsTopic(), each)).toList();
            socket.edit(file, length -> List.of(new Change(length, 0, "after")));
            socket.awaitSettled();

            assertThat(heddle.rest().textAt(workspace.name(), "a.txt", socket.version())).isEqualTo("before after");
            assertThat(sent).hasSize(garbage.size());
            var found = letters.readUntil(records -> records.size() >= garbage.size());
            assertThat(found).extracting(each -> each.value()).containsAll(garbage);
            assertThat(found).allSatisfy(each -> {
                String headers = List.of(each.headers().toArray()).stream()
                    .map(header -> new String(header.value(), StandardCharsets.UTF_8)).toList().toString();
                assertThat(headers).contains(workspace.opsTopic());
            });
        }
    }
}
