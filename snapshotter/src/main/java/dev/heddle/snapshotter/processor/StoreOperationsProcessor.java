package dev.heddle.snapshotter.processor;

import dev.heddle.snapshotter.metrics.SnapshotterMetrics;
import dev.heddle.snapshotter.store.ShardStores;
import dev.heddle.snapshotter.store.StoreNames;
import java.util.Arrays;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the canonical topic in its store, record for record: what is restored from the topic is the same bytes. A
 * tombstone takes its operation out. Stream thread.
 */
public final class StoreOperationsProcessor implements Processor<byte[], byte[], Void, Void> {

    private static final Logger log = LoggerFactory.getLogger(StoreOperationsProcessor.class);

    private final SnapshotterMetrics metrics;
    private KeyValueStore<byte[], byte[]> store;

    /**
     * A processor of one task.
     *
     * @param metrics what is counted
     */
    public StoreOperationsProcessor(SnapshotterMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(StoreNames.OPERATIONS);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        byte[] before = record.value() == null ? null : store.get(record.key());
        if (before != null) {
            metrics.operationRepeated();
            if (!Arrays.equals(before, record.value())) {
                metrics.faultFound();
                log.error("{}: the operation came again with other bytes; a repeat must be identical",
                    ShardStores.text(record.key()));
            }
        }
        store.put(record.key(), record.value());
    }
}
