package dev.heddle.bench;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.Operation;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A whole trace typed by one writer; {@code operations} is the number to read, in operations per second. */
@BenchmarkMode(Mode.Throughput)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TraceBenchmark {

    /** The trace. */
    @Param({"sveltecomponent", "friendsforever_flat", "rustcode"})
    public String trace;

    private List<Traces.Transaction> transactions;
    private List<Operation> edits;

    /** Counts operations instead of whole traces. */
    @AuxCounters
    @State(Scope.Thread)
    public static class Counter {
        /** Operations done. */
        public long operations;
    }

    /** Reads the trace. */
    @Setup
    public void read() {
        transactions = Traces.read(trace);
        edits = new ArrayList<>();
        transactions.forEach(transaction -> edits.add(Workspace.edit(transaction.changes())));
    }

    /**
     * The engine: decide and replay, hashes and all.
     *
     * @param counter counts operations
     * @return the workspace's last hash
     */
    @Benchmark
    public Object decideAndReplay(Counter counter) {
        Workspace workspace = new Workspace("");
        long version = 1;
        for (Operation edit : edits) {
            workspace.submit(1, version++, null, edit);
        }
        counter.operations += edits.size();
        return workspace.state().hash();
    }

    /**
     * The rope alone.
     *
     * @param counter counts operations
     * @return the last text
     */
    @Benchmark
    public Object apply(Counter counter) {
        Text text = Text.EMPTY;
        for (Traces.Transaction transaction : transactions) {
            text = text.apply(Changes.toOperation(transaction.changes(), text.lengthCodePoints()));
        }
        counter.operations += edits.size();
        return text;
    }

    /**
     * The floor: a plain string buffer, without order, history or hashes.
     *
     * @param counter counts operations
     * @return the last text
     */
    @Benchmark
    public Object stringBuilder(Counter counter) {
        StringBuilder text = new StringBuilder();
        for (Traces.Transaction transaction : transactions) {
            int shift = 0;
            for (Change change : transaction.changes()) {
                int at = change.at() + shift;
                text.replace(at, at + change.delete(), change.insert());
                shift += change.insert().length() - change.delete();
            }
        }
        counter.operations += edits.size();
        return text;
    }
}
