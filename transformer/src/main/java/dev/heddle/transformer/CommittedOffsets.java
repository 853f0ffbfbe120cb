package dev.heddle.transformer;

import dev.heddle.transformer.processor.Commits;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The offsets that this process has committed since it started, as its consumers tell them. Thread-safe. */
final class CommittedOffsets implements Commits {

    /** The setting under which the consumers find it; it is an object and never stands in a file. */
    static final String SETTING = "heddle.internal.committed.offsets";

    private final Map<String, Long> below = new ConcurrentHashMap<>();

    @Override
    public long below(String topic) {
        return below.getOrDefault(topic, 0L);
    }

    private void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            if (partition.partition() == 0) {
                below.put(partition.topic(), offset.offset());
            }
        });
    }

    /** Listens to a consumer's commits. Made by Kafka, by its class name. */
    public static final class Listener implements ConsumerInterceptor<byte[], byte[]> {

        private CommittedOffsets target;

        /** For Kafka. */
        public Listener() {
        }

        @Override
        public void configure(Map<String, ?> configs) {
            target = (CommittedOffsets) configs.get(SETTING);
        }

        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
            target.committed(offsets);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
