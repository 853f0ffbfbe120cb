package dev.heddle.snapshotter.metrics;

import dev.heddle.snapshotter.policy.SnapshotReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** Every meter of the snapshotter. Any thread. */
public final class SnapshotterMetrics {

    private static final String PREFIX = "heddle.snapshotter.";

    private final MeterRegistry registry;
    private final Counter folded;
    private final Counter repeated;
    private final Counter faults;
    private final Counter unreadable;
    private final Counter loads;
    private final Counter tombstones;
    private final Counter healed;
    private final Counter snapshotBytes;
    private final Map<SnapshotReason, Counter> snapshots = new EnumMap<>(SnapshotReason.class);

    /**
     * Registers the meters.
     *
     * @param registry takes them
     */
    public SnapshotterMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.folded = counter("operations.folded", "Operations of the canonical log taken in");
        this.repeated = counter("operations.repeated", "Operations read a second time and skipped");
        this.faults = counter("faults", "Gaps and other faults found in the log of a workspace; each is a bug");
        this.unreadable = counter("records.unreadable", "Records that could not be read, sent to the dead letters");
        this.loads = counter("workspaces.loaded", "Workspaces built from stored snapshots and operations");
        this.tombstones = counter("operations.trimmed", "Tombstones written for operations older than the history");
        this.healed = counter("snapshots.healed", "Snapshots written again because an older one came after them");
        this.snapshotBytes = Counter.builder(PREFIX + "snapshots.written").baseUnit("bytes")
            .description("Encoded size of snapshots written").register(registry);
        for (SnapshotReason reason : SnapshotReason.values()) {
            snapshots.put(reason, Counter.builder(PREFIX + "snapshots").tag("reason", reason.label())
                .description("Snapshots of files written, by what made them due").register(registry));
        }
    }

    private Counter counter(String name, String description) {
        return Counter.builder(PREFIX + name).description(description).register(registry);
    }

    /** {@return the registry behind} */
    public MeterRegistry registry() {
        return registry;
    }

    /** Counts an operation taken in. */
    public void operationFolded() {
        folded.increment();
    }

    /** Counts an operation read a second time. */
    public void operationRepeated() {
        repeated.increment();
    }

    /** Counts a fault in a workspace's log. */
    public void faultFound() {
        faults.increment();
    }

    /** Counts a record that could not be read. */
    public void recordUnreadable() {
        unreadable.increment();
    }

    /** Counts a workspace built from the stores. */
    public void workspaceLoaded() {
        loads.increment();
    }

    /** Counts tombstones written.
     *
     * @param count how many
     */
    public void operationsTrimmed(long count) {
        tombstones.increment(count);
    }

    /** Counts a snapshot written again over an older one. */
    public void snapshotHealed() {
        healed.increment();
    }

    /**
     * Counts a snapshot written.
     *
     * @param reason    what made it due
     * @param sizeBytes its encoded size
     */
    public void snapshotWritten(SnapshotReason reason, int sizeBytes) {
        snapshots.get(reason).increment();
        snapshotBytes.increment(sizeBytes);
    }

    /**
     * Counts a read that was answered.
     *
     * @param call       which call, a short constant
     * @param status     the HTTP status
     * @param durationNs how long it took, nanoseconds
     */
    public void readAnswered(String call, int status, long durationNs) {
        Timer.builder(PREFIX + "reads").description("Reads answered, waiting included")
            .tag("call", call).tag("status", Integer.toString(status))
            .register(registry).record(Duration.ofNanos(durationNs));
    }

    /**
     * Shows a value that changes by itself.
     *
     * @param name        the meter's name behind {@code heddle.snapshotter.}
     * @param description what it says
     * @param value       gives the value; held for good
     */
    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(PREFIX + name, value).description(description).strongReference(true).register(registry);
    }
}
