package dev.heddle.transformer.runtime;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waiting within bounds: for parts that are not up yet, and between attempts that failed. Thread-safe. */
public final class Patience {

    private static final Logger log = LoggerFactory.getLogger(Patience.class);
    private static final long FIRST_MS = 200;
    private static final long LONGEST_MS = 5_000;
    private static final long CALM_NANOS = Duration.ofMinutes(1).toNanos();

    private long lastFailureNanos;
    private long waitMs;

    /** Nothing has failed yet. */
    public Patience() {
        lastFailureNanos = System.nanoTime() - CALM_NANOS;
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
        long wait = FIRST_MS;
        while (true) {
            try {
                return attempt.get();
            } catch (RuntimeException failure) {
                if (!passing.test(failure) || System.nanoTime() + Duration.ofMillis(wait).toNanos() > until) {
                    throw failure;
                }
                log.warn("{} failed, trying again in {} ms: {}", what, wait, failure.getMessage());
            }
            pause(wait);
            wait = Math.min(2 * wait, LONGEST_MS);
        }
    }

    /** Something done again and again until it is closed. */
    public interface Repeated extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * {@return a task that is repeated on a thread of its own until it is closed}
     *
     * @param pause time between the end of one run and the beginning of the next
     * @param task  the task, which must not throw
     */
    public static Repeated every(Duration pause, Runnable task) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread daemon = new Thread(work, "transformer-repeated");
            daemon.setDaemon(true);
            return daemon;
        });
        thread.scheduleWithFixedDelay(task, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        return thread::shutdownNow;
    }

    /** Waits after a failure: a moment for the first one in a minute, longer while failures go on. */
    public void afterFailure() {
        pause(nextWaitMs());
    }

    private synchronized long nextWaitMs() {
        long now = System.nanoTime();
        waitMs = now - lastFailureNanos >= CALM_NANOS ? FIRST_MS : Math.min(2 * waitMs, LONGEST_MS);
        lastFailureNanos = now;
        return waitMs;
    }

    private static void pause(long ms) {
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
