package dev.heddle.snapshotter.runtime;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Time and waiting within bounds. Any thread. */
public final class Patience {

    private static final Logger log = LoggerFactory.getLogger(Patience.class);
    private static final long FIRST_MS = 200;
    private static final long LONGEST_MS = 5_000;

    private Patience() {
    }

    /** {@return a running time in nanoseconds} */
    public static long nanoTime() {
        return System.nanoTime();
    }

    /**
     * {@return what an attempt gave, which is repeated while it fails}
     *
     * @param what    what is attempted, for the log
     * @param limit   how long it is repeated; then the last failure is thrown
     * @param passing whether a failure may pass
     * @param attempt the attempt
     * @param <T>     what it gives
     */
    public static <T> T attempt(String what, Duration limit, Predicate<RuntimeException> passing,
                                Supplier<T> attempt) {
        long until = System.nanoTime() + limit.toNanos();
        long waitMs = FIRST_MS;
        while (true) {
            try {
                return attempt.get();
            } catch (RuntimeException failure) {
                if (!passing.test(failure) || System.nanoTime() + Duration.ofMillis(waitMs).toNanos() > until) {
                    throw failure;
                }
                log.warn("{} failed, trying again in {} ms: {}", what, waitMs, failure.getMessage());
            }
            pause(waitMs);
            waitMs = Math.min(2 * waitMs, LONGEST_MS);
        }
    }

    /**
     * Waits.
     *
     * @param ms how long, milliseconds
     */
    public static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    /** {@return this machine's clock, milliseconds since 1970 UTC} */
    public static long nowMs() {
        return System.currentTimeMillis();
    }
}
