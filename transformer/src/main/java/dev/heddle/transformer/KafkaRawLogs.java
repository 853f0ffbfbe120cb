package dev.heddle.transformer;

import dev.heddle.transformer.processor.Input;
import dev.heddle.transformer.processor.RawLogs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Raw logs as they are on the brokers. Each call has a consumer of its own that joins no group: moves are rare. What
 * the brokers do not answer leaves as Kafka's exception, and the record that asked is read again later. Any thread.
 */
final class KafkaRawLogs implements RawLogs {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int EMPTY_POLLS_MAX = 100;

    private final Map<String, Object> consumerSettings;

    /**
     * Raw logs of an installation.
     *
     * @param consumerSettings settings of the consumers, with the application's group
     */
    KafkaRawLogs(Map<String, Object> consumerSettings) {
        this.consumerSettings = Map.copyOf(consumerSettings);
    }

    @Override
    public long committed(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
            return committed == null ? 0 : committed.offset();
        }
    }

    @Override
    public boolean read(String topic, long fromOffset, long toOffset, Consumer<Input> visitor) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            if (consumer.partitionsFor(topic).isEmpty()
                || consumer.endOffsets(List.of(partition)).get(partition) <= toOffset) {
                return false;
            }
            consumer.assign(List.of(partition));
            consumer.seek(partition, fromOffset);
            int emptyPolls = 0;
            while (consumer.position(partition) <= toOffset) {
                long before = consumer.position(partition);
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() <= toOffset) {
                        visitor.accept(new Input(topic, record.partition(), record.offset(),
                            Math.max(0, record.timestamp()), record.key(), record.value(), record.headers()));
                    }
                }
                emptyPolls = consumer.position(partition) > before ? 0 : emptyPolls + 1;
                if (emptyPolls > EMPTY_POLLS_MAX) {
                    throw new TimeoutException("topic " + topic + ": no record from offset " + before + " on");
                }
            }
            return true;
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(consumerSettings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
