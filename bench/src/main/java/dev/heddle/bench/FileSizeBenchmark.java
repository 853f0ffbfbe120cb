package dev.heddle.bench;

import dev.heddle.engine.text.Change;
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

/** One edit at a random place of a file: one character in and another one out, so that the size stays. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FileSizeBenchmark {

    /** Length of the file, in code points. */
    @Param({"1000", "10000", "100000", "1000000", "10000000"})
    public int length;

    private final SplittableRandom random = new SplittableRandom(1);
    private Workspace workspace;
    private StringBuilder plain;

    /** Makes the file anew for each iteration, so that history does not grow without end. */
    @Setup(Level.Iteration)
    public void write() {
        String line = "lorem ipsum dolor sit amet, consectetur\n";
        String text = line.repeat(length / line.length() + 1).substring(0, length);
        workspace = new Workspace(text, Workspace.LIMITS.toBuilder().historyVersionsHot(100_000).build());
        plain = new StringBuilder(text);
    }

    /** The engine: decide and replay one edit. */
    @Benchmark
    public void decideAndReplay() {
        int at = random.nextInt(length - 3);
        workspace.submit(1, workspace.state().version(), null,
            Workspace.edit(List.of(new Change(at, 0, "x"), new Change(at + 2, 1, ""))));
    }

    /** {@return the floor: the same in a plain string buffer} */
    @Benchmark
    public Object stringBuilder() {
        int at = random.nextInt(length - 3);
        return plain.insert(at, "x").deleteCharAt(at + 3);
    }
}
