package dev.heddle.cli.verify;

import dev.heddle.engine.workspace.Origin;
import dev.heddle.engine.workspace.TextRun;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands for a list of runs, so that many fit in memory: two polynomials over the runs' numbers modulo 2⁶¹ − 1, at
 * places that each process draws for itself (Carter and Wegman's universal hashing). Whoever wrote a snapshot cannot
 * know the places, so two different lists of a million runs are taken for the same with a probability below 2⁻⁷⁰; and
 * it is many times faster than a digest. Worth nothing outside the process. One thread each.
 */
public final class RunsHash {

    private static final long PRIME = (1L << 61) - 1;
    private static final long LOW = (1L << Integer.SIZE) - 1;
    private static final long PLACE_A = place();
    private static final long PLACE_B = place();
    /** Names by number, so that equal numbers are equal names; as many as there are authors and sessions. */
    private static final Map<String, Long> NAMES = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT_NAME = new AtomicLong();

    private long a = 1;
    private long b = 1;
    private String lastAuthor;
    private long lastAuthorNumber;
    private String lastSession;
    private long lastSessionNumber;

    /** Stands for no runs yet. */
    public RunsHash() {
        // Runs are added one by one.
    }

    /**
     * {@return what stands for runs: equal for equal runs, and in effect for no others}
     *
     * @param runs runs in text order
     */
    public static String of(List<TextRun> runs) {
        RunsHash hash = new RunsHash();
        for (TextRun run : runs) {
            Origin origin = run.origin();
            hash.add(run.length(), origin.version(), origin.timeMs(), origin.author(), origin.session());
        }
        return hash.toString();
    }

    /**
     * Adds the next run.
     *
     * @param length  its length in code points
     * @param version version of the operation that wrote it
     * @param timeMs  that operation's time
     * @param author  its author
     * @param session its session
     */
    public void add(int length, long version, long timeMs, String author, String session) {
        add(length);
        add(version);
        add(timeMs);
        // Neighbours are mostly of one hand.
        if (!author.equals(lastAuthor)) {
            lastAuthor = author;
            lastAuthorNumber = number(author);
        }
        if (!session.equals(lastSession)) {
            lastSession = session;
            lastSessionNumber = number(session);
        }
        add(lastAuthorNumber);
        add(lastSessionNumber);
    }

    /** {@return what stands for the runs added so far} */
    @Override
    public String toString() {
        return Long.toHexString(a) + '-' + Long.toHexString(b);
    }

    private static long number(String name) {
        return NAMES.computeIfAbsent(name, unknown -> NEXT_NAME.getAndIncrement());
    }

    /** A number that is too large for the field, or negative, goes in as a mark and two halves. */
    private void add(long value) {
        if (value >= 0 && value < PRIME - 1) {
            absorb(value);
        } else {
            absorb(PRIME - 1);
            absorb(value >>> Integer.SIZE);
            absorb(value & LOW);
        }
    }

    private void absorb(long value) {
        a = reduced(times(a, PLACE_A) + value);
        b = reduced(times(b, PLACE_B) + value);
    }

    private static long times(long x, long y) {
        long low = x * y;
        long high = Math.multiplyHigh(x, y);
        return reduced((low & PRIME) + (high << 3 | low >>> 61));
    }

    private static long reduced(long value) {
        long folded = (value & PRIME) + (value >>> 61);
        return folded >= PRIME ? folded - PRIME : folded;
    }

    private static long place() {
        // Neither 0 nor 1, at which a polynomial tells little.
        return 2 + Math.floorMod(new SecureRandom().nextLong(), PRIME - 2);
    }
}
