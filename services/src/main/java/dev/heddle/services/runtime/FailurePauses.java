package dev.heddle.services.runtime;

import java.time.Duration;

/**
 * Pauses between things that fail and are begun again: short after a calm minute, longer while failures go on.
 * Thread-safe.
 */
public final class FailurePauses {

    private static final long FIRST_MS = 200;
    private static final long LONGEST_MS = 5_000;
    private static final long CALM_NANOS = Duration.ofMinutes(1).toNanos();

    private long lastFailureNanos;
    private long waitMs;

    /** Nothing has failed yet. */
    public FailurePauses() {
        lastFailureNanos = Clocks.nanoTime() - CALM_NANOS;
    }

    /** Waits after a failure. */
    public void afterFailure() {
        Patience.pause(nextWaitMs(Clocks.nanoTime()));
    }

    /** {@return how long to wait after a failure at that time, which is taken as having happened} */
    synchronized long nextWaitMs(long nowNanos) {
        waitMs = nowNanos - lastFailureNanos >= CALM_NANOS ? FIRST_MS : Math.min(2 * waitMs, LONGEST_MS);
        lastFailureNanos = nowNanos;
        return waitMs;
    }
}
