package dev.heddle.testkit.simulator;

import java.util.Map;

/**
 * Where a process may die: at each point that it passes, between any two things it does to the world. Each process has
 * its own; how many points it still passes is thrown when it starts.
 */
final class CrashPoints {

    private final Map<String, Long> deaths;
    private long left;

    /**
     * Points of one process.
     *
     * @param passes how many points it passes before it dies; {@link Long#MAX_VALUE} for all of them
     * @param deaths counts where processes died
     */
    CrashPoints(long passes, Map<String, Long> deaths) {
        this.left = passes;
        this.deaths = deaths;
    }

    /** Passes a point, or dies there. */
    void pass(String point) {
        if (left != Long.MAX_VALUE && --left < 0) {
            left = Long.MAX_VALUE;
            deaths.merge(point, 1L, Long::sum);
            throw new Death(point);
        }
    }

    /** From now on it does not die any more. */
    void disarm() {
        left = Long.MAX_VALUE;
    }
}
