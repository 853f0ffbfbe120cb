package dev.heddle.teststack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads all partitions of a topic from the beginning, without a consumer group. One thread at a time. */
public final class TopicReader implements AutoCloseable {

    private static final long DEADLINE_NANOS = Duration.ofSeconds(60).toNanos();
    private static final Duration POLL = Duration.ofMillis(200);

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();

    /**
     * A reader at the beginning of an existing topic.
     *
     * @param bootstrapServers the broker
     * @param topic            the topic
     */
    public TopicReader(String bootstrapServers, String topic) {
        this.topic = topic;
        this.consumer = new KafkaConsumer<>(Map.<String, Object>of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (PartitionInfo each : consumer.partitionsFor(topic)) {
            partitions.add(new TopicPartition(topic, each.partition()));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * Reads on until the records read since the beginning fulfil a condition.
     *
     * @param condition the condition, tried after every poll
     * @return all records read since the beginning
     * @throws AssertionError when that has not happened within 60 s
     */
    public List<ConsumerRecord<byte[], byte[]>> readUntil(Predicate<List<ConsumerRecord<byte[], byte[]>>> condition) {
        long start = System.nanoTime();
        while (!condition.test(seen)) {
            if (System.nanoTime() - start > DEADLINE_NANOS) {
                throw new AssertionError(topic + ": condition not met by " + seen.size() + " records within 60 s");
            }
            consumer.poll(POLL).forEach(seen::add);
        }
        return List.copyOf(seen);
    }

    /** {@return all records up to the end of the topic as of now} */
    public List<ConsumerRecord<byte[], byte[]>> readToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        return readUntil(ignored -> ends.entrySet().stream()
            .allMatch(each -> consumer.position(each.getKey()) >= each.getValue()));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
