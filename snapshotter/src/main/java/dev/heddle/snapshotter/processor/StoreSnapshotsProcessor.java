package dev.heddle.snapshotter.processor;

import dev.heddle.snapshotter.metrics.SnapshotterMetrics;
import dev.heddle.snapshotter.store.RecordCodec;
import dev.heddle.snapshotter.store.ShardStores;
import dev.heddle.snapshotter.store.StoreNames;
import dev.heddle.snapshotter.store.StoredSnapshot;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the snapshot topic in its store, record for record. What is in this store has been read from the topic, so it
 * is durable. A record that cannot be read, or is older than the stored one, is left out; {@link TrimProcessor} then
 * writes the better one again. Stream thread.
 */
public final class StoreSnapshotsProcessor implements Processor<byte[], byte[], Void, Void> {

    private static final Logger log = LoggerFactory.getLogger(StoreSnapshotsProcessor.class);

    private final RecordCodec codec;
    private final SnapshotterMetrics metrics;
    private KeyValueStore<byte[], byte[]> store;

    /**
     * A processor of one task.
     *
     * @param codec   reads the records
     * @param metrics what is counted
     */
    public StoreSnapshotsProcessor(RecordCodec codec, SnapshotterMetrics metrics) {
        this.codec = codec;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(StoreNames.SNAPSHOTS);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        if (record.value() == null) {
            store.delete(record.key());
            return;
        }
        StoredSnapshot read = readable(record.key(), record.value());
        byte[] before = store.get(record.key());
        StoredSnapshot stored = before == null ? null : readable(record.key(), before);
        if (read != null && (stored == null || stored.version() <= read.version())) {
            store.put(record.key(), record.value());
        }
    }

    private StoredSnapshot readable(byte[] key, byte[] value) {
        try {
            return codec.snapshot(value);
        } catch (RetriableException unavailable) {
            throw unavailable;
        } catch (RuntimeException unreadable) {
            metrics.recordUnreadable();
            log.error("the snapshot of {} cannot be read and is left out: {}", ShardStores.text(key),
                unreadable.getMessage());
            return null;
        }
    }
}
