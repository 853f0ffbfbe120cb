package dev.heddle.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.teststack.HeddleSocket;
import dev.heddle.teststack.Trace;
import dev.heddle.teststack.Traces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartIT {

    private static final int TRANSACTIONS = 4_000;
    private static final int EDITS_PER_OPERATION_MAX = 8;

    @TempDir
    private Path temp;

    @Test
    void shouldLoseAndDoubleNothingWhenEverythingIsStoppedAndStartedInTheMiddle() {
        Trace trace = Traces.sequential("sveltecomponent").first(TRANSACTIONS);
        int half = trace.transactions().size() / 2;
        try (RunningHeddle heddle = RunningHeddle.in(temp)) {
            var workspace = heddle.workspace("restart");
            long created = heddle.rest().put(workspace.name(), "text.txt", "").get("version").longValue();
            try (HeddleSocket socket = heddle.socket(workspace.name())) {
                String file = socket.open("text.txt");
                type(socket, file, trace.transactions().subList(0, half));

                // No waiting for answers: something is in flight, and more is typed while nothing runs.
                heddle.stop();
                trace.transactions().subList(half, half + 100).forEach(each -> socket.edit(file, each.changes()));
                heddle.start();
                socket.reconnect();

                type(socket, file, trace.transactions().subList(half + 100, trace.transactions().size()));
                socket.awaitSettled();

                assertThat(socket.text(file)).isEqualTo(trace.endContent());
                assertThat(heddle.rest().textAt(workspace.name(), "text.txt", socket.version()))
                    .isEqualTo(trace.endContent());
                List<JsonNode> operations = operations(heddle, workspace.name());
                assertThat(operations).hasSize((int) socket.version());
                assertThat(operations.stream().filter(each -> each.get("session").textValue().equals(socket.session()))
                    .map(each -> each.get("seq").longValue()))
                    .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, socket.version() - created).boxed().toList());
            }
        }
    }

    private static void type(HeddleSocket socket, String file, List<Trace.Transaction> transactions) {
        for (Trace.Transaction transaction : transactions) {
            socket.edit(file, transaction.changes());
            socket.awaitBuffered(file, EDITS_PER_OPERATION_MAX);
        }
    }

    private static List<JsonNode> operations(RunningHeddle heddle, String workspace) {
        List<JsonNode> operations = new ArrayList<>();
        JsonNode page;
        do {
            page = heddle.rest().json("/api/workspaces/" + workspace + "/ops?limit=500&after="
                + operations.size());
            page.get("ops").forEach(operations::add);
        } while (page.hasNonNull("next"));
        return operations;
    }
}
