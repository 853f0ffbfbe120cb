package dev.heddle.snapshotter;

import dev.heddle.Snapshot;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.services.streams.BoundedStores;
import dev.heddle.services.streams.StoreMemory;
import dev.heddle.snapshotter.metrics.SnapshotterMetrics;
import dev.heddle.snapshotter.policy.SnapshotPolicy;
import dev.heddle.snapshotter.policy.TrimPolicy;
import dev.heddle.snapshotter.processor.Parts;
import dev.heddle.snapshotter.store.HotWorkspaces;
import dev.heddle.snapshotter.store.LocalShards;
import dev.heddle.snapshotter.store.RecordCodec;
import dev.heddle.snapshotter.store.Shard;
import dev.heddle.snapshotter.store.StoreNames;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology of one shard under the test driver, with the topics it writes as plain lists. */
public final class TopologyHarness implements AutoCloseable {

    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final RecordCodec codec = PlainAvro.codec();
    public final LocalShards shards;
    private TopologyTestDriver driver;
    private final List<Runnable> atStart = new ArrayList<>();
    private final StoreMemory memory = new StoreMemory(32 << 20);
    private final TestInputTopic<byte[], byte[]> canonical;
    private final TestInputTopic<byte[], byte[]> snapshotsIn;
    private final TestOutputTopic<byte[], byte[]> snapshots;
    private final TestOutputTopic<byte[], byte[]> tombstones;
    private final TestOutputTopic<byte[], byte[]> deadLetters;

    public TopologyHarness(Path stateDirectory, SnapshotPolicy policy, TrimPolicy trim, int hotMax) {
        this(stateDirectory, policy, trim, hotMax, 1 << 25);
    }

    public TopologyHarness(Path stateDirectory, SnapshotPolicy policy, TrimPolicy trim, int hotMax,
                           int recordBytesMax) {
        SnapshotterMetrics metrics = new SnapshotterMetrics(meters);
        shards = new LocalShards(new HotWorkspaces(hotMax, 1 << 28), metrics, shard -> { });
        Parts parts = new Parts(1, recordBytesMax, shards, codec, policy, trim, metrics, this::run,
            (workspace, version) -> { },
            (partition, offset) -> offset + 1);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedStores.class);
        properties.put(StoreMemory.SETTING, memory);
        driver = new TopologyTestDriver(SnapshotterTopology.build(parts), properties, Instant.ofEpochMilli(0));
        canonical = driver.createInputTopic(Topics.CANONICAL, new ByteArraySerializer(), new ByteArraySerializer());
        snapshotsIn = driver.createInputTopic(Topics.SNAPSHOTS, new ByteArraySerializer(), new ByteArraySerializer());
        snapshots = output(Topics.SNAPSHOTS);
        tombstones = output(Topics.CANONICAL);
        deadLetters = output(Topics.DEAD_LETTERS);
    }

    private void run(Runnable work) {
        if (driver == null) {
            atStart.add(work);
        }
        work.run();
    }

    /** Does again what an instance does when it takes a shard over, now that its stores are filled. */
    public void scanAgain() {
        atStart.forEach(Runnable::run);
    }

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    public static byte[] key(CanonicalOperation operation) {
        return CanonicalKeys.format(operation.workspace(), operation.version()).getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] value(CanonicalOperation operation) {
        return PlainAvro.write(OperationCodec.canonicalOp(operation));
    }

    public void pipe(CanonicalOperation operation) {
        canonical.pipeInput(key(operation), value(operation));
    }

    public void pipe(List<CanonicalOperation> operations) {
        operations.forEach(this::pipe);
    }

    public void pipeCanonical(byte[] key, byte[] value) {
        canonical.pipeInput(key, value);
    }

    public void pipeSnapshot(byte[] key, byte[] value) {
        snapshotsIn.pipeInput(key, value);
    }

    public void advance(long ms) {
        driver.advanceWallClockTime(Duration.ofMillis(ms));
    }

    /** Snapshots written since the last call; the driver has read them back already. */
    public List<Snapshot> snapshots() {
        List<Snapshot> found = new ArrayList<>();
        for (TestRecord<byte[], byte[]> record : snapshots.readRecordsToList()) {
            if (record.value() != null) {
                found.add(PlainAvro.<Snapshot>serde(Snapshot.getClassSchema()).deserializer()
                    .deserialize("", record.value()));
            }
        }
        return found;
    }

    public List<TestRecord<byte[], byte[]>> snapshotRecords() {
        return snapshots.readRecordsToList();
    }

    /** Keys of tombstones written to the canonical topic since the last call. */
    public List<String> tombstones() {
        return tombstones.readRecordsToList().stream().filter(record -> record.value() == null)
            .map(record -> new String(record.key(), StandardCharsets.UTF_8)).toList();
    }

    public List<TestRecord<byte[], byte[]>> deadLetters() {
        return deadLetters.readRecordsToList();
    }

    public Shard shard() {
        return shards.find(0);
    }

    public double count(String meter) {
        return meters.get("heddle.snapshotter." + meter).counter().count();
    }

    /** Puts records into a store as Kafka Streams does on restoring: past the processors. */
    public void restore(String store, List<Map.Entry<String, byte[]>> records) {
        var target = driver.<byte[], byte[]>getKeyValueStore(store);
        records.forEach(record -> target.put(record.getKey().getBytes(StandardCharsets.UTF_8), record.getValue()));
    }

    /** What the stores hold, by key: what another instance would restore. */
    public Map<String, byte[]> stored(String store) {
        Map<String, byte[]> all = new LinkedHashMap<>();
        try (var entries = driver.<byte[], byte[]>getKeyValueStore(store).all()) {
            entries.forEachRemaining(entry -> all.put(new String(entry.key, StandardCharsets.UTF_8), entry.value));
        }
        return all;
    }

    public Map<String, byte[]> operations() {
        return stored(StoreNames.OPERATIONS);
    }

    @Override
    public void close() {
        driver.close();
        memory.close();
    }
}
