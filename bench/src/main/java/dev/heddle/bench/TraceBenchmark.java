package dev.heddle.bench;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Side;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.text.TextOperation;
import dev.heddle.engine.text.TextOperations;
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
import org.openjdk.jmh.infra.Blackhole;

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
    /** The trace as the algebra has it: each stands on what the one before leads to. */
    private List<TextOperation> operations;
    /** For each of them, what takes it back. */
    private List<TextOperation> inverses;

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
        operations = new ArrayList<>();
        inverses = new ArrayList<>();
        Text text = Text.EMPTY;
        for (Traces.Transaction transaction : transactions) {
            edits.add(Workspace.edit(transaction.changes()));
            TextOperation operation = Changes.toOperation(transaction.changes(), text.lengthCodePoints());
            operations.add(operation);
            inverses.add(TextOperations.invert(operation, text));
            text = text.apply(operation);
        }
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
     * The same with every decision made twice, which changes nothing: what it takes longer is what deciding takes.
     *
     * @param counter counts operations
     * @param made    takes the decisions that nobody replays
     * @return the workspace's last hash
     */
    @Benchmark
    public Object decideTwiceAndReplay(Counter counter, Blackhole made) {
        Workspace workspace = new Workspace("");
        long version = 1;
        for (Operation edit : edits) {
            made.consume(workspace.decide(1, version, null, edit));
            workspace.submit(1, version++, null, edit);
        }
        counter.operations += edits.size();
        return workspace.state().hash();
    }

    /**
     * Every operation brought over what takes the one before it back, both standing on the same text.
     *
     * @param counter counts operations
     * @param out     takes what comes out
     */
    @Benchmark
    public void transform(Counter counter, Blackhole out) {
        for (int index = 1; index < operations.size(); index++) {
            out.consume(TextOperations.transform(operations.get(index), inverses.get(index - 1), Side.LEFT));
        }
        counter.operations += operations.size() - 1;
    }

    /**
     * Every operation composed with the one before it.
     *
     * @param counter counts operations
     * @param out     takes what comes out
     */
    @Benchmark
    public void compose(Counter counter, Blackhole out) {
        for (int index = 1; index < operations.size(); index++) {
            out.consume(TextOperations.compose(operations.get(index - 1), operations.get(index)));
        }
        counter.operations += operations.size() - 1;
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
