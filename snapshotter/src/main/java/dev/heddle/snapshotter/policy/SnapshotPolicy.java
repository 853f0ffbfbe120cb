package dev.heddle.snapshotter.policy;

import java.util.Optional;

/**
 * When the changed files of a workspace are written as snapshots: after so many operations, so many bytes of
 * operations, so long a pause, or at the latest after so long.
 *
 * <p>A snapshot is a whole text. So that an edit of a large file does not cost more than one of a small file, all
 * thresholds grow with the size of the changed texts once it exceeds {@link #FREE_TEXT_BYTES}.
 *
 * @param operationsMax operations after which snapshots are due, at least 1
 * @param bytesMax      encoded bytes of operations after which snapshots are due, at least 1
 * @param idleMs        pause after the last change, milliseconds
 * @param ageMs         longest wait of a change, milliseconds
 */
public record SnapshotPolicy(long operationsMax, long bytesMax, long idleMs, long ageMs) {

    /** Bytes of changed texts up to which the thresholds hold as they are: 1 MiB. */
    public static final long FREE_TEXT_BYTES = 1L << 20;

    /** Checks the ranges. */
    public SnapshotPolicy {
        if (operationsMax < 1 || bytesMax < 1 || idleMs < 0 || ageMs < 0) {
            throw new IllegalArgumentException("snapshot policy: " + operationsMax + " operations, " + bytesMax
                + " bytes, " + idleMs + " ms, " + ageMs + " ms (expected: at least 1, 1, 0 and 0)");
        }
    }

    /**
     * {@return why snapshots are due now, or nothing}
     *
     * @param changes   what changed since the last ones
     * @param textBytes bytes of all changed texts
     * @param nowMs     the time now, milliseconds since 1970 UTC
     */
    public Optional<SnapshotReason> due(ChangeCounters changes, long textBytes, long nowMs) {
        if (changes.operations() == 0) {
            return Optional.empty();
        }
        long factor = Math.max(1, textBytes / FREE_TEXT_BYTES);
        if (changes.operations() >= operationsMax * factor) {
            return Optional.of(SnapshotReason.OPERATIONS);
        }
        if (changes.bytes() >= bytesMax * factor) {
            return Optional.of(SnapshotReason.BYTES);
        }
        if (nowMs - changes.lastMs() >= idleMs * factor) {
            return Optional.of(SnapshotReason.IDLE);
        }
        return nowMs - changes.firstMs() >= ageMs * factor ? Optional.of(SnapshotReason.AGE) : Optional.empty();
    }
}
