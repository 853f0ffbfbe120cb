package dev.heddle.bench;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.Decision;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Deciding on one edit whose base is far behind the head; the file was typed with jumps and deletes in between. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class StaleBaseBenchmark {

    private static final int VERSIONS = 110_000;
    private static final int LENGTH = 40_000;

    /** How many versions the base is behind the head. */
    @Param({"0", "10", "1000", "100000"})
    public int behind;

    private final SplittableRandom random = new SplittableRandom(1);
    private Workspace workspace;

    /** Types the history. */
    @Setup
    public void type() {
        workspace = typed();
    }

    private static Workspace typed() {
        SplittableRandom random = new SplittableRandom(7);
        Workspace workspace = new Workspace("lorem ipsum ".repeat(LENGTH / 12 + 1).substring(0, LENGTH));
        int at = LENGTH / 2;
        for (int version = 1; version <= VERSIONS; version++) {
            at = random.nextInt(20) == 0 ? random.nextInt(LENGTH) : Math.min(at, LENGTH);
            boolean delete = random.nextInt(4) == 0 && at > 0;
            Change change = delete ? new Change(--at, 1, "") : new Change(at++, 0, "x");
            workspace.submit(1, version, null, Workspace.edit(List.of(change)));
        }
        return workspace;
    }

    /** {@return the decision, once the blocks exist} */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    public Decision decide() {
        return decideOnce(workspace);
    }

    private Decision decideOnce(Workspace asked) {
        int at = random.nextInt(LENGTH / 2);
        Decision decision = asked.decide(2, VERSIONS + 1 - behind, null,
            Workspace.edit(List.of(new Change(at, 1, "y"))));
        if (!(decision instanceof Decision.Accepted)) {
            throw new IllegalStateException(decision.toString());
        }
        return decision;
    }

    /** A history that nobody has asked for anything yet. */
    @State(Scope.Thread)
    public static class Fresh {
        private Workspace workspace;

        /** Types the history, and collects: a history of 100,000 versions has outlived many collections. */
        @Setup(Level.Iteration)
        public void type() {
            workspace = typed();
            System.gc();
        }
    }

    /**
     * The first time, before any block exists.
     *
     * @param fresh the history
     * @return the decision
     */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 30)
    @Measurement(iterations = 20)
    public Decision decideFirst(Fresh fresh) {
        return decideOnce(fresh.workspace);
    }
}
