package dev.heddle.bench;

import dev.heddle.engine.workspace.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** All 26,078 operations of {@code friendsforever}, two writers, each chained on its own unacknowledged ones. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChainBenchmark {

    private final List<Operation> edits = new ArrayList<>();
    private List<Traces.Transaction> transactions;
    private long[] bases;

    /** Reads the trace. */
    @Setup
    public void read() {
        transactions = Traces.read("friendsforever");
        bases = Traces.bases(transactions);
        transactions.forEach(transaction -> edits.add(Workspace.edit(transaction.changes())));
    }

    /** {@return the last hash, after every operation was decided with base and after} */
    @Benchmark
    public Object decideAndReplayChained() {
        Workspace workspace = new Workspace("");
        for (int index = 0; index < bases.length; index++) {
            int writer = transactions.get(index).agent();
            workspace.submit(writer, bases[index] + 1, workspace.seq(writer), edits.get(index));
        }
        return workspace.state().hash();
    }
}
