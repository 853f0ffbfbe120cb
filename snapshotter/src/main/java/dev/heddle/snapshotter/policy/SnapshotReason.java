package dev.heddle.snapshotter.policy;

import java.util.Locale;

/** Why the changed files of a workspace are written as snapshots. */
public enum SnapshotReason {
    /** Enough operations came since the last ones. */
    OPERATIONS,
    /** Enough bytes of operations came since the last ones. */
    BYTES,
    /** Nothing came for a while. */
    IDLE,
    /** Changes have been waiting long enough, though more keep coming. */
    AGE;

    /** {@return the name as logs and metrics show it} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
