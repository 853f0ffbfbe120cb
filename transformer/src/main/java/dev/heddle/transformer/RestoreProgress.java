package dev.heddle.transformer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far the stores are being filled again from their changelogs. Thread-safe. */
final class RestoreProgress implements StateRestoreListener {

    private static final Logger log = LoggerFactory.getLogger(RestoreProgress.class);

    private final Map<TopicPartition, AtomicLong> left = new ConcurrentHashMap<>();
    private final Counter restored;

    RestoreProgress(MeterRegistry meters) {
        this.restored = Counter.builder("heddle.transformer.restore.records")
            .description("Changelog records brought into the stores again").register(meters);
        Gauge.builder("heddle.transformer.restore.left.records", this, RestoreProgress::recordsLeft)
            .description("Changelog records still to be brought into the stores").register(meters);
    }

    /** {@return changelog records still to be read} */
    long recordsLeft() {
        return left.values().stream().mapToLong(AtomicLong::get).sum();
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long startingOffset, long endingOffset) {
        left.put(partition, new AtomicLong(Math.max(0, endingOffset - startingOffset)));
        log.info("restoring {} from {}: {} records", store, partition, endingOffset - startingOffset);
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long batchEndOffset, long records) {
        restored.increment(records);
        AtomicLong remaining = left.get(partition);
        if (remaining != null) {
            remaining.updateAndGet(before -> Math.max(0, before - records));
        }
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long records) {
        left.remove(partition);
        log.info("restored {} with {} records", store, records);
    }

    @Override
    public void onRestoreSuspended(TopicPartition partition, String store, long records) {
        left.remove(partition);
    }
}
