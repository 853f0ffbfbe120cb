package dev.heddle.bench;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Side;
import dev.heddle.engine.text.TextOperation;
import dev.heddle.engine.text.TextOperations;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Single steps of the algebra on one-character edits. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class AlgebraBenchmark {

    private final TextOperation insert = Changes.toOperation(List.of(new Change(500, 0, "a")), 1_000);
    private final TextOperation replace = Changes.toOperation(List.of(new Change(300, 4, "word")), 1_000);
    private final TextOperation next = Changes.toOperation(List.of(new Change(501, 0, "b")), 1_001);

    /** {@return an insert brought over a replace} */
    @Benchmark
    public Object transform() {
        return TextOperations.transform(insert, replace, Side.LEFT);
    }

    /** {@return two inserts typed in a row, composed} */
    @Benchmark
    public Object compose() {
        return TextOperations.compose(insert, next);
    }

    /** {@return the operation of a change, as a client writes it} */
    @Benchmark
    public Object read() {
        return Changes.toOperation(List.of(new Change(500, 1, "x")), 1_000);
    }
}
