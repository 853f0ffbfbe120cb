package dev.heddle.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.teststack.ClientOps;
import dev.heddle.teststack.HeddleSocket;
import dev.heddle.teststack.OpsProducer;
import dev.heddle.teststack.Trace;
import dev.heddle.teststack.Traces;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real editing histories, typed again from beginning to end; every reader must see the text they ended in. */
class TypedHistoryIT {

    /** Few enough that operations stay close to single keystrokes, and the log long. */
    private static final int EDITS_PER_OPERATION_MAX = 8;

    private final RunningHeddle heddle = RunningHeddle.shared();

    @ParameterizedTest
    @ValueSource(strings = {"sveltecomponent", "friendsforever_flat"})
    void shouldEndInTheSameTextWhenTypedThroughAWebSocket(String name) {
        Trace trace = Traces.sequential(name);
        var workspace = heddle.workspace("typed");
        heddle.rest().put(workspace.name(), "text.txt", "");
        try (HeddleSocket socket = heddle.socket(workspace.name())) {
            String file = socket.open("text.txt");
            for (Trace.Transaction transaction : trace.transactions()) {
                socket.edit(file, transaction.changes());
                socket.awaitBuffered(file, EDITS_PER_OPERATION_MAX);
            }
            socket.awaitSettled();

            assertThat(socket.text(file)).isEqualTo(trace.endContent());
            assertThat(socket.version()).isGreaterThan(trace.transactions().size() / (2 * EDITS_PER_OPERATION_MAX));
            assertEverybodyReads(workspace.name(), socket.version(), trace.endContent());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sveltecomponent", "friendsforever_flat"})
    void shouldEndInTheSameTextWhenSentByAPlainProducer(String name) {
        Trace trace = Traces.sequential(name);
        var workspace = heddle.workspace("produced");
        String session = UUID.randomUUID().toString();
        long version = trace.transactions().size() + 1;
        try (OpsProducer producer = new OpsProducer(heddle.kafka(), heddle.registryUrl())) {
            producer.send(workspace.opsTopic(), ClientOps.of(session, 1, 0, ClientOps.create("text.txt", "")));
            long seq = 1;
            for (Trace.Transaction transaction : trace.transactions()) {
                // The only writer: each operation stands on the version that the one before it will get.
                producer.send(workspace.opsTopic(),
                    ClientOps.of(session, seq + 1, seq, ClientOps.edit("text.txt", transaction.changes())));
                seq++;
            }
            producer.flush();
        }

        assertEverybodyReads(workspace.name(), version, trace.endContent());
    }

    private void assertEverybodyReads(String workspace, long version, String text) {
        assertThat(heddle.rest().textAt(workspace, "text.txt", version)).isEqualTo(text);
        try (HeddleSocket socket = heddle.socket(workspace)) {
            assertThat(socket.version()).isEqualTo(version);
            assertThat(socket.text(socket.open("text.txt"))).isEqualTo(text);
        }
        assertThat(heddle.snapshotText(workspace, "text.txt", version)).isEqualTo(text);
    }
}
