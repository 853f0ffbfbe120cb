package dev.heddle.bench.growing;

import dev.heddle.schemas.topic.CanonicalKey;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows {@code heddle.canonical} from now on. One thread. */
final class CanonicalFeed implements AutoCloseable {

    private static final long PATIENCE_NANOS = Duration.ofMinutes(5).toNanos();

    /** Sees each operation that comes out for the first time. */
    @FunctionalInterface
    interface Arrival {
        /**
         * Takes note of an operation.
         *
         * @param workspace its workspace
         * @param version   its version
         * @param nanos     when it was read
         */
        void at(String workspace, long version, long nanos);
    }

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Long> versions = new HashMap<>();
    private Arrival arrival = (workspace, version, nanos) -> { };

    CanonicalFeed(String bootstrapServers) {
        consumer = new KafkaConsumer<>(Map.<String, Object>of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        consumer.partitionsFor(Topics.CANONICAL).forEach(info ->
            partitions.add(new TopicPartition(Topics.CANONICAL, info.partition())));
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    void onArrival(Arrival listener) {
        arrival = listener;
    }

    /** {@return the newest version read of a workspace, 0 for none} */
    long version(String workspace) {
        return versions.getOrDefault(workspace, 0L);
    }

    /** Reads until a workspace has reached a version. */
    void await(String workspace, long version) {
        long begin = System.nanoTime();
        while (version(workspace) < version) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                throw new IllegalStateException("workspace " + workspace + " is at version " + version(workspace)
                    + " (expected: " + version + " within 5 minutes)");
            }
            poll(Duration.ofMillis(5));
        }
    }

    /** Reads what is there, waiting at most so long for the first of it. */
    void poll(Duration wait) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            long now = System.nanoTime();
            CanonicalKey key = CanonicalKeys.parse(new String(record.key(), StandardCharsets.UTF_8));
            if (key.version() > version(key.workspace())) {
                versions.put(key.workspace(), key.version());
                arrival.at(key.workspace(), key.version(), now);
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
