package dev.heddle.cli.verify;

import dev.heddle.engine.workspace.Origin;
import dev.heddle.engine.workspace.TextRun;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands for a list of runs, so that many fit in memory: a polynomial over the runs modulo 2⁶¹ − 1, each run a sum of
 * its numbers, every number times a factor of its own, at a place and with factors that each process draws for itself
 * (Carter and Wegman's universal hashing). Whoever wrote a snapshot cannot know them, so two different lists of a
 * million runs are taken for the same with a probability below 2⁻⁴⁰; and it is many times faster than a digest. Worth
 * nothing outside the process. One thread each.
 */
public final class RunsHash {

    private static final long PRIME = (1L << 61) - 1;
    private static final long LOW = (1L << Integer.SIZE) - 1;
    private static final long PLACE = drawn();
    private static final long LENGTH = drawn();
    private static final long VERSION_LOW = drawn();
    private static final long VERSION_HIGH = drawn();
    private static final long TIME_LOW = drawn();
    private static final long TIME_HIGH = drawn();
    private static final long AUTHOR = drawn();
    private static final long SESSION = drawn();
    /** Names by number, so that equal numbers are equal names; as many as there are authors and sessions. */
    private static final Map<String, Long> NAMES = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT_NAME = new AtomicLong();

    private long sum = 1;

    /** What stands for who wrote a run; neighbours are mostly of one hand. One thread each. */
    public static final class Origins {

        private String lastAuthor;
        private long lastAuthorPart;
        private String lastSession;
        private long lastSessionPart;

        /** None seen yet. */
        public Origins() {
            // Names are numbered as they are met.
        }

        /**
         * {@return what stands for an origin, above 0}
         *
         * @param version version of the operation
         * @param timeMs  its time
         * @param author  its author
         * @param session its session
         */
        public long of(long version, long timeMs, String author, String session) {
            if (!author.equals(lastAuthor)) {
                lastAuthor = author;
                lastAuthorPart = times(number(author), AUTHOR);
            }
            if (!session.equals(lastSession)) {
                lastSession = session;
                lastSessionPart = times(number(session), SESSION);
            }
            long of = reduced(lastAuthorPart + lastSessionPart);
            of = reduced(of + times(version & LOW, VERSION_LOW));
            of = reduced(of + times(version >>> Integer.SIZE, VERSION_HIGH));
            of = reduced(of + times(timeMs & LOW, TIME_LOW));
            of = reduced(of + times(timeMs >>> Integer.SIZE, TIME_HIGH));
            // So that 0 can stand for one that is not known yet.
            return of == 0 ? PRIME : of;
        }

        private long of(Origin origin) {
            return of(origin.version(), origin.timeMs(), origin.author(), origin.session());
        }
    }

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
        Origins origins = new Origins();
        for (TextRun run : runs) {
            hash.add(run.length(), origins.of(run.origin()));
        }
        return hash.toString();
    }

    /**
     * Adds the next run.
     *
     * @param length its length in code points
     * @param origin what stands for its origin, of {@link Origins}
     */
    public void add(int length, long origin) {
        sum = reduced(times(sum, PLACE) + reduced(times(length, LENGTH) + origin));
    }

    /** {@return what stands for the runs added so far} */
    @Override
    public String toString() {
        return Long.toHexString(sum);
    }

    private static long number(String name) {
        return NAMES.computeIfAbsent(name, unknown -> NEXT_NAME.getAndIncrement());
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

    private static long drawn() {
        // Neither 0 nor 1, at which a polynomial tells little.
        return 2 + Math.floorMod(new SecureRandom().nextLong(), PRIME - 2);
    }
}
