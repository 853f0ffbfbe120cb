package dev.heddle.testkit.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;

/** Fuzzes one target. One thread; the seed decides everything but the time, which is only reported. */
public final class Fuzzer {

    private static final int CORPUS_MAX = 600;

    private final FuzzTarget target;
    private final Random random;
    private final Mutator mutator;
    private final LongSupplier nanoTime;
    private final List<byte[]> corpus;
    private final Set<String> kinds = new HashSet<>();
    private long executions;
    private long slowestNs;

    /** An input that was neither answered nor refused by the typed error. */
    public static final class Finding extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Finding(FuzzTarget target, byte[] input, Throwable cause) {
            super(target.name() + " threw " + cause + " for " + (target.text()
                ? new String(input, StandardCharsets.UTF_8) : HexFormat.of().formatHex(input)), cause);
        }
    }

    /**
     * A fuzzer that has not begun.
     *
     * @param target   what is fuzzed
     * @param seed     decides the mutations
     * @param nanoTime a running time in nanoseconds, for the report only
     */
    public Fuzzer(FuzzTarget target, long seed, LongSupplier nanoTime) {
        this.target = target;
        this.random = new Random(seed);
        this.mutator = new Mutator(random);
        this.nanoTime = nanoTime;
        this.corpus = new ArrayList<>(saved(target));
    }

    /**
     * {@return the saved corpus of a target}
     *
     * @param target the target
     */
    public static List<byte[]> saved(FuzzTarget target) {
        try (InputStream in = Fuzzer.class.getResourceAsStream(target.name() + ".txt")) {
            if (in == null) {
                throw new IllegalStateException("corpus " + target.name() + ".txt is missing");
            }
            List<byte[]> cases = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isEmpty() && !line.startsWith("#")) {
                    cases.add(target.text() ? line.getBytes(StandardCharsets.UTF_8) : HexFormat.of().parseHex(line));
                }
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the saved corpus as it is. */
    public void replay() {
        saved(target).forEach(this::execute);
    }

    /**
     * Runs mutations.
     *
     * @param count how many
     * @throws Finding for the first that is neither answered nor refused
     */
    public void run(long count) {
        for (long i = 0; i < count; i++) {
            byte[] input = mutator.mutate(corpus.get(random.nextInt(corpus.size())),
                corpus.get(random.nextInt(corpus.size())));
            if (kinds.add(execute(input)) && corpus.size() < CORPUS_MAX) {
                corpus.add(input);
            }
        }
    }

    private String execute(byte[] input) {
        long startNs = nanoTime.getAsLong();
        try {
            return target.run(input);
        } catch (RuntimeException | Error unexpected) {
            throw new Finding(target, input, unexpected);
        } finally {
            executions++;
            slowestNs = Math.max(slowestNs, nanoTime.getAsLong() - startNs);
        }
    }

    /** {@return how many inputs were run} */
    public long executions() {
        return executions;
    }

    /** {@return how many kinds of answers there were} */
    public int kinds() {
        return kinds.size();
    }

    @Override
    public String toString() {
        return target.name() + ": " + executions + " executions, " + kinds.size() + " kinds of answers, slowest "
            + slowestNs / 1_000 + " µs";
    }
}
