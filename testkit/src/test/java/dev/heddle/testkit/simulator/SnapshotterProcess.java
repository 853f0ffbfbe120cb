package dev.heddle.testkit.simulator;

import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.snapshotter.metrics.SnapshotterMetrics;
import dev.heddle.snapshotter.policy.SnapshotPolicy;
import dev.heddle.snapshotter.policy.TrimPolicy;
import dev.heddle.snapshotter.processor.FoldProcessor;
import dev.heddle.snapshotter.processor.NodeNames;
import dev.heddle.snapshotter.processor.Parts;
import dev.heddle.snapshotter.processor.StoreOperationsProcessor;
import dev.heddle.snapshotter.processor.StoreSnapshotsProcessor;
import dev.heddle.snapshotter.processor.TrimProcessor;
import dev.heddle.snapshotter.store.HotWorkspaces;
import dev.heddle.snapshotter.store.LocalShards;
import dev.heddle.snapshotter.store.Shard;
import dev.heddle.snapshotter.store.StoreNames;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The real processors of the snapshotter for one shard, over the simulated log. As with Kafka Streams, its two stores
 * have the two topics themselves as changelogs and are restored up to what is committed.
 */
final class SnapshotterProcess extends SimulatedProcess {

    private static final SnapshotterMetrics METRICS = new SnapshotterMetrics(new SimpleMeterRegistry());
    private static final int RECORD_BYTES_MAX = 1 << 20;

    private final int shard;
    private final Partition canonical;
    private final Partition snapshots;
    private final Consumer<Partition.Entry> wakeUp = appended -> wake();
    private final MapStore operationStore;
    private final MapStore snapshotStore;
    private final LocalShards shards;
    private final StreamsContext<byte[], byte[]> foldContext;
    private final StreamsContext<byte[], byte[]> trimContext;
    private StoreOperationsProcessor storeOperations;
    private StoreSnapshotsProcessor storeSnapshots;
    private FoldProcessor fold;
    private TrimProcessor trim;
    private boolean opened;

    SnapshotterProcess(Group group, Disk disk, long generation, int shard) {
        super(group, disk, generation);
        this.shard = shard;
        this.canonical = world.canonical.get(shard);
        this.snapshots = world.snapshots.get(shard);
        this.operationStore = new MapStore(StoreNames.OPERATIONS, disk.first, crash);
        this.snapshotStore = new MapStore(StoreNames.SNAPSHOTS, disk.second, crash);
        this.shards = new LocalShards(new HotWorkspaces(world.dice.between(1, 3), 1 << 20), METRICS, found -> { });
        Map<String, MapStore> stores = Map.of(StoreNames.OPERATIONS, operationStore, StoreNames.SNAPSHOTS,
            snapshotStore);
        this.foldContext = new StreamsContext<>(this, shard, stores, this::send);
        this.trimContext = new StreamsContext<>(this, shard, stores, this::send);
    }

    @Override
    void open() {
        restore(canonical, disk.firstRestored, operationStore);
        restore(snapshots, disk.secondRestored, snapshotStore);
        Parts parts = new Parts(world.settings.shards(), RECORD_BYTES_MAX, shards, world.codec,
            new SnapshotPolicy(world.settings.snapshotOperations(), 1 << 20, 500, 5_000),
            new TrimPolicy(world.settings.keptVersions()), METRICS, this::inBackground,
            (workspace, version) -> { }, (partition, offset) -> offset + 1);
        storeOperations = new StoreOperationsProcessor(METRICS);
        storeSnapshots = new StoreSnapshotsProcessor(world.codec, METRICS);
        fold = new FoldProcessor(parts);
        trim = new TrimProcessor(parts);
        storeOperations.init(new StreamsContext<>(this, shard, Map.of(StoreNames.OPERATIONS, operationStore), null));
        storeSnapshots.init(new StreamsContext<>(this, shard, Map.of(StoreNames.SNAPSHOTS, snapshotStore), null));
        fold.init(foldContext);
        trim.init(trimContext);
        canonical.listen(wakeUp);
        snapshots.listen(wakeUp);
        opened = true;
        shard().reached(position(Topics.CANONICAL));
    }

    private void restore(Partition topic, long from, MapStore store) {
        for (Partition.Entry entry = topic.next(from); entry != null && entry.offset() < position(topic.topic());
             entry = topic.next(entry.offset() + 1)) {
            crash.pass("restore of " + store.name());
            store.restore(entry.key(), entry.value());
        }
    }

    private void inBackground(Runnable work) {
        world.timeline.after(world.dice.delayMs(20, world.settings.slowMs()), () -> guard(work));
    }

    /** {@return the shard, or null while it is not there to be read} */
    Shard shard() {
        return opened && alive() ? shards.find(shard) : null;
    }

    @Override
    boolean readSome() {
        int count = world.dice.between(1, 10);
        for (int i = 0; i < count; i++) {
            Partition.Entry operation = canonical.next(position(Topics.CANONICAL));
            Partition.Entry snapshot = snapshots.next(position(Topics.SNAPSHOTS));
            if (operation == null && snapshot == null) {
                shard().reached(canonical.end());
                positions.put(Topics.CANONICAL, canonical.end());
                positions.put(Topics.SNAPSHOTS, snapshots.end());
                return false;
            }
            crash.pass("before a record of the snapshotter");
            if (snapshot == null || operation != null && world.dice.chance(500)) {
                fold(operation);
            } else {
                trim(snapshot);
            }
        }
        return true;
    }

    private void fold(Partition.Entry entry) {
        Record<byte[], byte[]> record = record(entry);
        foldContext.at(entry);
        if (world.fault != Fault.MISSED_FOLD || entry.offset() % 11 != 10) {
            storeOperations.process(record);
            crash.pass("between store and fold");
            fold.process(record);
        }
        positions.put(Topics.CANONICAL, entry.offset() + 1);
    }

    private void trim(Partition.Entry entry) {
        Record<byte[], byte[]> record = record(entry);
        trimContext.at(entry);
        storeSnapshots.process(record);
        crash.pass("between store and trim");
        trim.process(record);
        positions.put(Topics.SNAPSHOTS, entry.offset() + 1);
    }

    private static Record<byte[], byte[]> record(Partition.Entry entry) {
        return new Record<>(entry.key(), entry.value(), entry.timeMs(), new RecordHeaders());
    }

    private void send(String sink, byte[] key, byte[] value) {
        crash.pass("before " + sink);
        switch (sink) {
            case NodeNames.SNAPSHOTS_OUT, NodeNames.HEALED_OUT ->
                producer.send(snapshots, key, Garbling.snapshot(world, value));
            case NodeNames.TOMBSTONES_OUT -> producer.send(canonical, key, null);
            default -> producer.send(world.deadLetters, key, value);
        }
        if (world.fault == Fault.TOMBSTONE_EARLY && sink.equals(NodeNames.SNAPSHOTS_OUT)) {
            String workspace = world.codec.snapshot(value).workspace();
            producer.send(canonical, CanonicalKeys.format(workspace, world.codec.snapshot(value).version())
                .getBytes(StandardCharsets.UTF_8), null);
        }
        crash.pass("after " + sink);
    }

    private long position(String topic) {
        return positions.getOrDefault(topic, 0L);
    }

    @Override
    boolean caughtUp() {
        return position(Topics.CANONICAL) == canonical.end() && position(Topics.SNAPSHOTS) == snapshots.end();
    }

    @Override
    void durable() {
        disk.firstRestored = Math.max(disk.firstRestored, position(Topics.CANONICAL));
        disk.secondRestored = Math.max(disk.secondRestored, position(Topics.SNAPSHOTS));
    }

    @Override
    void closed() {
        canonical.forget(wakeUp);
        snapshots.forget(wakeUp);
        if (opened) {
            List.of(fold, trim).forEach(processor -> processor.close());
        }
    }

    @Override
    public String toString() {
        return "snapshotter " + Shards.digits(shard) + " #" + generation + " (" + disk.name + ")";
    }
}
