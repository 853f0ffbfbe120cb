package dev.heddle.snapshotter.processor;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.schemas.codec.CodecException;
import dev.heddle.schemas.serde.MalformedRecordException;
import dev.heddle.schemas.topic.CanonicalKey;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.schemas.topic.WorkspaceKeys;
import dev.heddle.snapshotter.fold.FileState;
import dev.heddle.snapshotter.metrics.SnapshotterMetrics;
import dev.heddle.snapshotter.policy.ChangeCounters;
import dev.heddle.snapshotter.policy.SnapshotPolicy;
import dev.heddle.snapshotter.policy.SnapshotReason;
import dev.heddle.snapshotter.store.HotWorkspace;
import dev.heddle.snapshotter.store.RecordCodec;
import dev.heddle.snapshotter.store.Shard;
import dev.heddle.snapshotter.store.ShardStores;
import dev.heddle.snapshotter.store.SnapshotBatch;
import dev.heddle.snapshotter.store.StoreClosedException;
import dev.heddle.snapshotter.store.StoreNames;
import dev.heddle.snapshotter.store.StoredSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fold of one shard: hands each operation to the workspace it belongs to, tells who waits for it, and writes the
 * changed files as snapshots when the policy says so. Stream thread; building a workspace is left to the executor.
 *
 * <p>It needs nothing but the two stores: what a crash cut off is found again when the shard is taken over.
 */
public final class FoldProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private static final Logger log = LoggerFactory.getLogger(FoldProcessor.class);
    /** Room for key, headers and batch around a value, and for the fields beside text and runs. */
    private static final int AROUND_BYTES = 16 * 1024;
    /** A run and an operation of its own, an author's name of the default length at most. */
    private static final int RUN_BYTES_MAX = 1_200;
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(200);

    private final Parts parts;
    private final RecordCodec codec;
    private final SnapshotPolicy policy;
    private final SnapshotterMetrics metrics;
    private final Map<String, ChangeCounters> changes = new HashMap<>();
    private final Set<String> preparing = ConcurrentHashMap.newKeySet();
    private final Queue<String> uncovered = new ConcurrentLinkedQueue<>();
    private ProcessorContext<byte[], byte[]> context;
    private Shard shard;

    /**
     * A processor of one task.
     *
     * @param parts what it works with
     */
    public FoldProcessor(Parts parts) {
        this.parts = parts;
        this.codec = parts.codec();
        this.policy = parts.snapshots();
        this.metrics = parts.metrics();
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        KeyValueStore<byte[], byte[]> operations = context.getStateStore(StoreNames.OPERATIONS);
        KeyValueStore<byte[], byte[]> snapshots = context.getStateStore(StoreNames.SNAPSHOTS);
        ShardStores stores = new ShardStores(context.taskId().partition(), operations, snapshots, codec);
        shard = parts.shards().open(stores);
        inBackground("look for operations without a snapshot",
            () -> UncoveredScan.run(stores, uncovered::add, (workspace, oldest) -> { }));
        context.schedule(CHECK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::check);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try {
            if (record.key() != null && record.value() != null) {
                CanonicalKey key = CanonicalKeys.parse(ShardStores.text(record.key()));
                fold(key, codec.operation(record.value()), record.value().length);
            }
        } catch (MalformedRecordException | CodecException | IllegalArgumentException unreadable) {
            setAside(record, unreadable.getMessage());
        }
        context.recordMetadata().ifPresent(place ->
            shard.reached(parts.foldedOffset().applyAsLong(place.partition(), place.offset())));
    }

    private void fold(CanonicalKey key, CanonicalOperation operation, int sizeBytes) {
        if (!operation.workspace().equals(key.workspace()) || operation.version() != key.version()) {
            throw new IllegalArgumentException("the record of key " + key + " is version " + operation.version()
                + " of workspace " + operation.workspace() + " (expected: what the key says)");
        }
        long nowMs = context.currentSystemTimeMs();
        shard.folded(operation);
        metrics.operationFolded();
        ChangeCounters counters = changes.computeIfAbsent(key.workspace(), name -> new ChangeCounters(nowMs));
        counters.add(1, sizeBytes, nowMs);
        writeIfDue(key.workspace(), counters, nowMs);
    }

    private void setAside(Record<byte[], byte[]> record, String reason) {
        metrics.recordUnreadable();
        context.recordMetadata().ifPresent(place -> {
            log.error("{} partition {} offset {} goes to the dead letters: {}", place.topic(), place.partition(),
                place.offset(), reason);
            context.forward(DeadLetter.of(record, place, reason), NodeNames.DEAD_LETTERS);
        });
    }

    private void check(long nowMs) {
        for (String workspace = uncovered.poll(); workspace != null; workspace = uncovered.poll()) {
            changes.computeIfAbsent(workspace, name -> new ChangeCounters(nowMs)).add(1, 0, nowMs);
        }
        for (Map.Entry<String, ChangeCounters> entry : List.copyOf(changes.entrySet())) {
            writeIfDue(entry.getKey(), entry.getValue(), nowMs);
        }
    }

    private void writeIfDue(String workspace, ChangeCounters counters, long nowMs) {
        if (policy.due(counters, 0, nowMs).isEmpty()) {
            return;
        }
        HotWorkspace held = shard.workspace(workspace);
        if (!held.loaded()) {
            prepare(held);
        }
        if (held.loaded()) {
            policy.due(counters, held.dirtyTextBytes(), nowMs).ifPresent(reason -> {
                Optional<SnapshotBatch> batch = held.takeBatch();
                batch.ifPresent(found -> write(held, found, reason, nowMs));
                if (batch.isPresent() || held.clean()) {
                    changes.remove(workspace);
                }
            });
        }
    }

    private void prepare(HotWorkspace workspace) {
        if (preparing.add(workspace.workspace())) {
            inBackground("build workspace " + workspace.workspace(), () -> {
                try {
                    workspace.prepare();
                } finally {
                    preparing.remove(workspace.workspace());
                }
            });
        }
    }

    private void inBackground(String what, Runnable work) {
        parts.background().execute(() -> {
            try {
                work.run();
            } catch (StoreClosedException ignored) {
                log.debug("gave up to {}: the shard is gone", what);
            } catch (RuntimeException failed) {
                log.error("could not {}: {}", what, failed.toString());
            }
        });
    }

    private void write(HotWorkspace workspace, SnapshotBatch batch, SnapshotReason reason, long nowMs) {
        Set<String> paths = new HashSet<>();
        Set<String> missing = new HashSet<>();
        List<FileState> written = new ArrayList<>();
        for (FileState file : batch.files()) {
            FileState fitting = fitting(batch, file);
            if (fitting == null) {
                missing.add(file.file());
            } else {
                written.add(fitting);
            }
        }
        if (!missing.isEmpty()) {
            workspace.notWritten(batch, missing);
        }
        long oldest = parts.trim().oldest(batch.oldestBefore(), batch.version());
        for (StoredSnapshot snapshot : batch.records(written, oldest)) {
            byte[] value = codec.bytes(snapshot);
            forward(batch.workspace(), snapshot.state().file(), value, nowMs);
            metrics.snapshotWritten(reason, value.length);
            paths.add(snapshot.state().path());
        }
        log.info("workspace {}: {} snapshots as of version {}, because of {}", batch.workspace(), written.size(),
            batch.version(), reason.label());
        log.debug("workspace {}: snapshots of {}", batch.workspace(), paths);
    }

    /** The file as it fits a record: as it is, or without who wrote what; null where even that is too large. */
    private FileState fitting(SnapshotBatch batch, FileState file) {
        int runs = file.runs() == null ? 0 : file.runs().count();
        if (file.text().lengthUtf8Bytes() + (long) runs * RUN_BYTES_MAX + AROUND_BYTES <= parts.recordBytesMax()
            || encodedBytes(batch, file) + AROUND_BYTES <= parts.recordBytesMax()) {
            return file;
        }
        FileState plain = new FileState(file.file(), file.path(), file.deleted(), file.version(), file.text(), null);
        boolean fits = encodedBytes(batch, plain) + AROUND_BYTES <= parts.recordBytesMax();
        log.error("workspace {}: the snapshot of file {} is larger than {} bytes and is written {}", batch.workspace(),
            file.file(), parts.recordBytesMax(), fits ? "without who wrote what" : "not at all; its operations stay");
        return fits ? plain : null;
    }

    private long encodedBytes(SnapshotBatch batch, FileState file) {
        return codec.bytes(batch.record(file)).length;
    }

    private void forward(String workspace, String file, byte[] value, long nowMs) {
        byte[] key = ShardStores.bytes(WorkspaceKeys.format(workspace, file));
        context.forward(new Record<>(key, value, nowMs), NodeNames.SNAPSHOTS_OUT);
    }

    @Override
    public void close() {
        if (shard != null) {
            parts.shards().close(shard);
        }
    }
}
