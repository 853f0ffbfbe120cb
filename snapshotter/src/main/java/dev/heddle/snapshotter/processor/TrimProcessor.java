package dev.heddle.snapshotter.processor;

import dev.heddle.schemas.serde.MalformedRecordException;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.schemas.topic.WorkspaceKey;
import dev.heddle.schemas.topic.WorkspaceKeys;
import dev.heddle.snapshotter.fold.FoldException;
import dev.heddle.snapshotter.metrics.SnapshotterMetrics;
import dev.heddle.snapshotter.store.RecordCodec;
import dev.heddle.snapshotter.store.Shard;
import dev.heddle.snapshotter.store.ShardStores;
import dev.heddle.snapshotter.store.StoreClosedException;
import dev.heddle.snapshotter.store.StoreNames;
import dev.heddle.snapshotter.store.StoredSnapshot;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trims the canonical log behind snapshots, and only behind those that were read back from their topic. Stream thread;
 * looking for what may go is left to the executor.
 *
 * <p>What may go is a function of the stores, so a crash anywhere only means that it is looked for again when the shard
 * is taken over. A snapshot that came after a newer one, from an instance that had lost the shard without knowing
 * it, is written over with the newer one again.
 */
public final class TrimProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private static final Logger log = LoggerFactory.getLogger(TrimProcessor.class);
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final int TOMBSTONES_PER_STEP = 2_000;
    /** Steps after which a removal counts as over though its last tombstone was not seen. */
    private static final int SETTLING_STEPS_MAX = 300;

    /** One workspace is trimmed in one go at a time, or the same versions would be found and removed again. */
    private static final class Removal {
        private final String workspace;
        private final List<Long> versions;
        private int sent;
        private int settlingSteps;

        Removal(String workspace, List<Long> versions) {
            this.workspace = workspace;
            this.versions = versions;
        }

        boolean isSent() {
            return sent == versions.size();
        }

        long last() {
            return versions.get(versions.size() - 1);
        }
    }

    private final Parts parts;
    private final RecordCodec codec;
    private final SnapshotterMetrics metrics;
    private final ConcurrentMap<String, Long> wanted = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Long> scanned = new ConcurrentHashMap<>();
    private final Queue<Removal> removals = new ConcurrentLinkedQueue<>();
    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<byte[], byte[]> operations;
    private KeyValueStore<byte[], byte[]> snapshots;
    private ShardStores stores;

    /**
     * A processor of one task.
     *
     * @param parts what it works with
     */
    public TrimProcessor(Parts parts) {
        this.parts = parts;
        this.codec = parts.codec();
        this.metrics = parts.metrics();
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        operations = context.getStateStore(StoreNames.OPERATIONS);
        snapshots = context.getStateStore(StoreNames.SNAPSHOTS);
        stores = new ShardStores(context.taskId().partition(), operations, snapshots, codec);
        inBackground(() -> UncoveredScan.run(stores, workspace -> { }, this::want));
        context.schedule(INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::step);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (record.key() == null || record.value() == null) {
            return;
        }
        byte[] stored = snapshots.get(record.key());
        if (stored != null && !Arrays.equals(stored, record.value())) {
            writeAgain(record, stored);
            return;
        }
        try {
            StoredSnapshot snapshot = codec.snapshot(record.value());
            Shard shard = parts.shards().find(stores.partition());
            if (shard != null) {
                shard.snapshotRead(snapshot.workspace(), snapshot.oldest());
            }
            if (snapshot.oldest() > 0) {
                want(snapshot.workspace(), snapshot.oldest());
            }
        } catch (MalformedRecordException | IllegalArgumentException ignored) {
            log.debug("a snapshot that cannot be read was left out before");
        }
    }

    private void writeAgain(Record<byte[], byte[]> record, byte[] stored) {
        WorkspaceKey key = WorkspaceKeys.parse(ShardStores.text(record.key()));
        metrics.snapshotHealed();
        log.warn("an older or unreadable snapshot of file {} of workspace {} came after a newer one; the newer one is "
            + "written again", key.id(), key.workspace());
        context.forward(new Record<>(record.key(), stored, context.currentSystemTimeMs()), NodeNames.HEALED_OUT);
    }

    private void want(String workspace, long oldest) {
        Long before = wanted.get(workspace);
        if (before != null && before >= oldest) {
            return;
        }
        parts.passed().accept(workspace, oldest);
        wanted.merge(workspace, oldest, Math::max);
        // Where it is being trimmed already, what is wanted now comes next.
        if (scanned.putIfAbsent(workspace, 0L) == null) {
            scan(workspace);
        }
    }

    private void scan(String workspace) {
        inBackground(() -> {
            try {
                List<Long> versions = removable(workspace);
                if (!versions.isEmpty()) {
                    removals.add(new Removal(workspace, versions));
                } else {
                    rest(workspace);
                }
            } catch (FoldException fault) {
                // Looked at again when more is to be trimmed.
                scanned.remove(workspace);
                throw fault;
            }
        });
    }

    private List<Long> removable(String workspace) {
        List<Long> versions = List.of();
        while (versions.isEmpty() && scanned.get(workspace) < wanted.get(workspace)) {
            long oldest = wanted.get(workspace);
            scanned.put(workspace, oldest);
            versions = TrimScan.removable(stores, workspace, oldest);
        }
        return versions;
    }

    /** Lets go of a workspace, unless more was wanted just now. */
    private void rest(String workspace) {
        long done = scanned.remove(workspace);
        if (done < wanted.get(workspace) && scanned.putIfAbsent(workspace, done) == null) {
            scan(workspace);
        }
    }

    private void step(long nowMs) {
        int left = TOMBSTONES_PER_STEP;
        for (int turns = removals.size(); turns > 0 && left > 0; turns--) {
            Removal removal = removals.poll();
            if (removal.isSent()) {
                settle(removal);
            } else {
                left -= send(removal, left, nowMs);
            }
        }
    }

    private int send(Removal removal, int most, long nowMs) {
        int before = removal.sent;
        int upTo = Math.min(before + most, removal.versions.size());
        for (long version : removal.versions.subList(removal.sent, upTo)) {
            context.forward(new Record<>(key(removal.workspace, version), null, nowMs), NodeNames.TOMBSTONES_OUT);
        }
        metrics.operationsTrimmed(upTo - before);
        removal.sent = upTo;
        removals.add(removal);
        if (removal.isSent()) {
            log.info("workspace {}: {} operations up to version {} are no longer in the canonical log; snapshots hold "
                + "them", removal.workspace, removal.versions.size(), removal.last());
        }
        return upTo - before;
    }

    /** Only once its tombstones were read back is it of use to look for more. */
    private void settle(Removal removal) {
        removal.settlingSteps++;
        if (removal.settlingSteps < SETTLING_STEPS_MAX
            && operations.get(key(removal.workspace, removal.last())) != null) {
            removals.add(removal);
        } else {
            scan(removal.workspace);
        }
    }

    private static byte[] key(String workspace, long version) {
        return ShardStores.bytes(CanonicalKeys.format(workspace, version));
    }

    private void inBackground(Runnable work) {
        parts.background().execute(() -> {
            try {
                work.run();
            } catch (StoreClosedException ignored) {
                log.debug("gave up to look for operations to trim: the shard is gone");
            } catch (FoldException fault) {
                log.error("nothing is trimmed: {}", fault.getMessage());
            }
        });
    }

    @Override
    public void close() {
        if (stores != null) {
            stores.close();
        }
    }
}
