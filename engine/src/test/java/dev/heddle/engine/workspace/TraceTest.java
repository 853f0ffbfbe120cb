package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.support.Property;
import dev.heddle.engine.support.Traces;
import dev.heddle.engine.support.Traces.Trace;
import dev.heddle.engine.support.Traces.Transaction;
import dev.heddle.engine.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

    @ParameterizedTest
    @ValueSource(strings = {"sveltecomponent", "rustcode", "friendsforever_flat"})
    void shouldEndInTheTracesTextWhenOneWriterTypesIt(String name) {
        Trace trace = Traces.read(name);
        Workbench bench = Workbench.withFile("");
        for (Transaction transaction : trace.transactions()) {
            bench.accept(Workbench.ALICE, bench.version(), new Operation.Edit(Workbench.byId(), transaction.changes()));
        }
        assertThat(bench.text()).isEqualTo(trace.endContent());
        WorkspaceImage fold = WorkspaceImage.empty("demo");
        bench.log.forEach(fold::replay);
        assertThat(fold.file(Workbench.FILE).orElseThrow().text()).hasToString(trace.endContent());
        assertThat(fold.hash()).isEqualTo(bench.state.hash());
    }

    @Test
    void shouldEndInTheTracesTextWhenTwoWritersChainTheirOperations() {
        Trace trace = Traces.read("friendsforever");
        long[] bases = trace.bases();
        Workbench bench = Workbench.withFile("");
        long[] seqs = new long[3];
        for (int index = 0; index < bases.length; index++) {
            Transaction transaction = trace.transactions().get(index);
            int agent = transaction.agent();
            Long after = seqs[agent] == 0 ? null : (Long) seqs[agent];
            // The file itself is version 1, so a transaction's version is its index plus two.
            bench.accept(Workbench.session(agent + 1), bases[index] + 1, after,
                new Operation.Edit(Workbench.byId(), transaction.changes()));
            seqs[agent]++;
            if (index % 5_000 == 4_999) {
                bench.restart();
            }
        }
        assertThat(bench.text()).isEqualTo(trace.endContent());
    }

    /** The same two writers, one operation in flight each, the rest composed, hearing of each other late. */
    @Test
    void shouldConvergeWhenTwoWritersComposeWhatWaits() {
        Trace trace = Traces.read("friendsforever");
        Random random = new Random(Property.seed());
        Workbench bench = Workbench.withFile("");
        List<SimulatedClient> clients = new ArrayList<>();
        for (int number = 1; number <= 2; number++) {
            clients.add(new SimulatedClient(number, false, Text.EMPTY, 1));
        }
        for (Transaction transaction : trace.transactions()) {
            clients.get(transaction.agent()).type(transaction.changes());
            for (SimulatedClient client : clients) {
                exchange(bench, client, random.nextInt(6) == 0 ? random.nextInt(10) : 0, random.nextInt(4) == 0);
            }
        }
        while (clients.stream().anyMatch(client -> !client.idle() || client.version < bench.version())) {
            clients.forEach(client -> exchange(bench, client, Integer.MAX_VALUE, true));
        }
        assertThat(bench.version()).isLessThan(trace.transactions().size());
        for (SimulatedClient client : clients) {
            assertThat(client.text).hasToString(bench.text());
        }
    }

    private static void exchange(Workbench bench, SimulatedClient client, int hearMax, boolean send) {
        for (int heard = 0; heard < hearMax && client.version < bench.version(); heard++) {
            client.hear(bench.read(client.version + 1));
        }
        Submission submission = send ? client.send() : null;
        if (submission != null) {
            Workbench.accepted(bench.decide(new Submission(submission.session(), submission.seq(), submission.base(),
                submission.after(), submission.author(), submission.operation(), bench.raw.size(), 0)));
        }
    }

    @Test
    void shouldRefuseNothingWhenAChainIsReplayedFromStoredDecisions() {
        Trace trace = Traces.read("friendsforever");
        long[] bases = trace.bases();
        Workbench bench = Workbench.withFile("");
        WorkspaceState copy = WorkspaceState.empty("demo", bench.limits, bench::read);
        copy.replay(bench.decisions.get(0));
        long[] seqs = new long[3];
        for (int index = 0; index < 6_000; index++) {
            Transaction transaction = trace.transactions().get(index);
            int agent = transaction.agent();
            Long after = seqs[agent] == 0 ? null : (Long) seqs[agent];
            Decision decision = bench.submit(Workbench.session(agent + 1), bases[index] + 1, after,
                new Operation.Edit(Workbench.byId(), transaction.changes()));
            copy.replay(decision);
            seqs[agent]++;
        }
        assertThat(copy.checkpoint()).isEqualTo(bench.state.checkpoint());
        assertThat(List.of(copy.version(), copy.lastSourceOffset())).isEqualTo(List.of(6_001L, 6_000L));
    }
}
