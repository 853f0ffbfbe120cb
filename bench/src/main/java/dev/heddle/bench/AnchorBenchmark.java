package dev.heddle.bench;

import dev.heddle.engine.workspace.Decision;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** An anchored edit of every place in a file: twice the places must take about twice the time. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class AnchorBenchmark {

    /** How often the text to find is in the file. */
    @Param({"12500", "25000", "50000"})
    public int hits;

    private Workspace workspace;

    /** Writes the file. */
    @Setup
    public void write() {
        workspace = new Workspace("ab\n".repeat(hits));
    }

    /** {@return the decision on replacing all of them} */
    @Benchmark
    public Decision decideAll() {
        Decision decision = workspace.decide(1, 1, null, Workspace.replaceAll("b", "c"));
        if (!(decision instanceof Decision.Accepted)) {
            throw new IllegalStateException(decision.toString());
        }
        return decision;
    }
}
