package dev.heddle.snapshotter.policy;

/**
 * What has changed in a workspace since its last snapshots. One thread at a time. A new one is taken after every
 * snapshot and after every loading, so nothing is counted twice.
 */
public final class ChangeCounters {

    private final long firstMs;
    private long operations;
    private long bytes;
    private long lastMs;

    /**
     * Counters of nothing.
     *
     * @param nowMs the time now, milliseconds since 1970 UTC
     */
    public ChangeCounters(long nowMs) {
        this.firstMs = nowMs;
        this.lastMs = nowMs;
    }

    /**
     * Counts a change.
     *
     * @param count     number of operations
     * @param sizeBytes their encoded size, bytes
     * @param nowMs     the time now, milliseconds since 1970 UTC
     */
    public void add(long count, long sizeBytes, long nowMs) {
        operations += count;
        bytes += sizeBytes;
        lastMs = Math.max(lastMs, nowMs);
    }

    /** {@return number of operations} */
    public long operations() {
        return operations;
    }

    /** {@return encoded size of these operations, bytes} */
    public long bytes() {
        return bytes;
    }

    /** {@return when the counters were made, milliseconds since 1970 UTC} */
    public long firstMs() {
        return firstMs;
    }

    /** {@return time of the last change, milliseconds since 1970 UTC} */
    public long lastMs() {
        return lastMs;
    }
}
