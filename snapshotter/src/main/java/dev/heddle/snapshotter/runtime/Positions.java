package dev.heddle.snapshotter.runtime;

import dev.heddle.schemas.topic.Topics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the consumers of the canonical topic have come where offsets hold no record: compaction, tombstones and
 * transaction markers leave offsets that are passed over without anything to process. Any thread.
 */
public final class Positions {

    /** The setting under which the interceptor finds it; it is an object and never stands in a file. */
    public static final String SETTING = "heddle.internal.positions";

    /** What was handed out of a partition, and how much of that was folded; -1 for nothing. */
    private static final class Progress {
        private long next;
        private long lastRecord = -1;
        private long folded = -1;
    }

    private final Map<Integer, Progress> byPartition = new ConcurrentHashMap<>();
    private final BiConsumer<Integer, Long> passed;

    /**
     * Positions of nothing yet.
     *
     * @param passed is told of a partition and an offset below which everything was folded; called on stream threads
     */
    public Positions(BiConsumer<Integer, Long> passed) {
        this.passed = passed;
    }

    private void fetched(int partition, long next, long lastRecord) {
        Progress progress = byPartition.computeIfAbsent(partition, number -> new Progress());
        boolean idle;
        synchronized (progress) {
            progress.next = next;
            progress.lastRecord = lastRecord < 0 ? progress.lastRecord : lastRecord;
            idle = progress.folded >= progress.lastRecord;
        }
        // With records still to be folded, the last one of them brings the holes behind it along.
        if (idle) {
            passed.accept(partition, next);
        }
    }

    /**
     * Notes that a record was folded.
     *
     * @param partition its partition
     * @param offset    its offset
     * @return the offset below which everything was folded
     */
    public long folded(int partition, long offset) {
        Progress progress = byPartition.computeIfAbsent(partition, number -> new Progress());
        synchronized (progress) {
            progress.folded = offset;
            return offset == progress.lastRecord ? Math.max(progress.next, offset + 1) : offset + 1;
        }
    }

    /** Sees what a main consumer was given. Made by Kafka, by its class name. */
    public static final class Interceptor implements ConsumerInterceptor<byte[], byte[]> {

        private Positions positions;

        /** For Kafka. */
        public Interceptor() {
        }

        @Override
        public void configure(Map<String, ?> configs) {
            positions = (Positions) configs.get(SETTING);
        }

        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            records.nextOffsets().forEach((partition, next) -> {
                if (positions != null && Topics.CANONICAL.equals(partition.topic())) {
                    long last = -1;
                    for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                        last = Math.max(last, record.offset());
                    }
                    positions.fetched(partition.partition(), next.offset(), last);
                }
            });
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
            // Where the consumer is, and not what it has committed, is what readers wait for.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
