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
    private static final int TOMBSTONES_PER_STEP = 500;

    private record Removal(String workspace, List<Long> versions) {
    }

    private final Parts parts;
    private final RecordCodec codec;
    private final SnapshotterMetrics metrics;
    private final ConcurrentMap<String, Long> wanted = new ConcurrentHashMap<>();
    private final Queue<Removal> removals = new ConcurrentLinkedQueue<>();
    private ProcessorContext<byte[], byte[]> context;
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
        snapshots = context.getStateStore(StoreNames.SNAPSHOTS);
        stores = new ShardStores(context.taskId().partition(), context.getStateStore(StoreNames.OPERATIONS),
            snapshots, codec);
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
            if (snapshot.oldest() > 0) {
                Shard shard = parts.shards().find(stores.partition());
                if (shard != null) {
                    shard.trimmed(snapshot.workspace(), snapshot.oldest());
                }
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
        if (before == null || before < oldest) {
            wanted.put(workspace, oldest);
            inBackground(() -> {
                List<Long> versions = TrimScan.removable(stores, workspace, oldest);
                if (!versions.isEmpty()) {
                    removals.add(new Removal(workspace, versions));
                }
            });
        }
    }

    private void step(long nowMs) {
        Removal removal = removals.peek();
        if (removal == null) {
            return;
        }
        int count = Math.min(TOMBSTONES_PER_STEP, removal.versions().size());
        for (long version : removal.versions().subList(0, count)) {
            byte[] key = ShardStores.bytes(CanonicalKeys.format(removal.workspace(), version));
            context.forward(new Record<>(key, null, nowMs), NodeNames.TOMBSTONES_OUT);
        }
        metrics.operationsTrimmed(count);
        removals.poll();
        if (count < removal.versions().size()) {
            removals.add(new Removal(removal.workspace(),
                removal.versions().subList(count, removal.versions().size())));
        } else {
            log.info("workspace {}: {} operations up to version {} are no longer in the canonical log; snapshots hold "
                + "them", removal.workspace(), count, removal.versions().get(count - 1));
        }
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
