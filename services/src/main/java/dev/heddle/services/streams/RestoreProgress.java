package dev.heddle.services.streams;

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

/** How far the stores of an instance are being filled again from their topics. Thread-safe. */
public final class RestoreProgress implements StateRestoreListener {

    private static final Logger log = LoggerFactory.getLogger(RestoreProgress.class);

    private final Map<TopicPartition, AtomicLong> left = new ConcurrentHashMap<>();
    private final Counter restored;

    /**
     * Nothing is being restored yet.
     *
     * @param meters  where {@code heddle.<service>.restore.*} are registered
     * @param service what the service is called, such as {@code transformer}
     */
    public RestoreProgress(MeterRegistry meters, String service) {
        this.restored = Counter.builder("heddle." + service + ".restore.records")
            .description("Records brought into the stores again").register(meters);
        Gauge.builder("heddle." + service + ".restore.left.records", this, RestoreProgress::recordsLeft)
            .description("Records still to be brought into the stores").register(meters);
    }

    /** {@return records still to be read, at most: those that compaction removed count too} */
    public long recordsLeft() {
        return left.values().stream().mapToLong(AtomicLong::get).sum();
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long startingOffset, long endingOffset) {
        left.put(partition, new AtomicLong(Math.max(0, endingOffset - startingOffset)));
        log.info("restoring {} from {}: up to {} records", store, partition, endingOffset - startingOffset);
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
