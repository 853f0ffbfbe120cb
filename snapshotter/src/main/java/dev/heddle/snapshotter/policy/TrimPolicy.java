package dev.heddle.snapshotter.policy;

/**
 * How much of the canonical log is kept: at least so many versions. The oldest version moves in steps, so that a log
 * of constant length is trimmed seldom and by many operations at once.
 *
 * @param versionsMax number of newest versions that can always be read, at least 1
 */
public record TrimPolicy(long versionsMax) {

    private static final long STEPS = 10;

    /** Checks the range. */
    public TrimPolicy {
        if (versionsMax < 1) {
            throw new IllegalArgumentException("versions: " + versionsMax + " (expected: at least 1)");
        }
    }

    /**
     * {@return the oldest version to be kept readable from now on, never below the one before}
     *
     * @param oldest  the oldest version readable until now
     * @param covered the version up to which snapshots hold everything
     */
    public long oldest(long oldest, long covered) {
        long wanted = covered - versionsMax;
        long step = Math.max(1, versionsMax / STEPS);
        return wanted >= oldest + step ? wanted : oldest;
    }
}
