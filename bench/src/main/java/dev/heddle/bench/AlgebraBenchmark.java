package dev.heddle.bench;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Side;
import dev.heddle.engine.text.TextOperation;
import dev.heddle.engine.text.TextOperations;
import dev.heddle.engine.workspace.CanonicalEncoding;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Decision;
import dev.heddle.engine.workspace.Hash;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

/** Single steps on one-character edits: of the algebra, and the SHA-256 of such an edit's record alone. */
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

    private final byte[] record = new byte[Hash.LENGTH_BYTES + CanonicalEncoding.bytes(typed()).length];
    private MessageDigest digest;

    /**
     * Gets the digest.
     *
     * @throws NoSuchAlgorithmException never, as every Java runtime has SHA-256
     */
    @Setup
    public void prepare() throws NoSuchAlgorithmException {
        digest = MessageDigest.getInstance("SHA-256");
    }

    private static CanonicalOperation typed() {
        Workspace workspace = new Workspace("");
        Decision decision = workspace.decide(1, 1, null, Workspace.edit(List.of(new Change(0, 0, "a"))));
        return ((Decision.Accepted) decision).operation();
    }

    /**
     * {@return the length of the hash of a typed character's record, which is worked out with the hash before in front}
     *
     * @throws DigestException never, as the buffer is long enough
     */
    @Benchmark
    public int hash() throws DigestException {
        digest.update(record);
        return digest.digest(record, 0, Hash.LENGTH_BYTES);
    }

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
