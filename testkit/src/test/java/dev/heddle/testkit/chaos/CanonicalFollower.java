package dev.heddle.testkit.chaos;

import dev.heddle.CanonicalOp;
import dev.heddle.teststack.WireCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows the canonical topic as a plain Kafka client does and tells Kafka writers what became of their operations. */
final class CanonicalFollower implements AutoCloseable {

    /** The newest operation of a session that is in the log with all before it. */
    record Progress(long seq, long version, String hash) {
    }

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final WireCodec codec;
    private final Map<String, Map<Long, Progress>> bySession = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::run, "chaos-follower");
    private volatile boolean running = true;
    private volatile RuntimeException failure;

    CanonicalFollower(String bootstrapServers, WireCodec codec, List<String> sessions) {
        this.codec = codec;
        sessions.forEach(session -> bySession.put(session, new ConcurrentHashMap<>()));
        consumer = new KafkaConsumer<>(Map.<String, Object>of("bootstrap.servers", bootstrapServers,
            "default.api.timeout.ms", 60_000), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor("heddle.canonical").stream()
            .map((PartitionInfo each) -> new TopicPartition(each.topic(), each.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try (consumer) {
            while (running) {
                try {
                    consumer.poll(Duration.ofMillis(100)).forEach(record -> take(record.value()));
                } catch (WakeupException stopped) {
                    return;
                } catch (KafkaException away) {
                    Pause.ms(100);
                }
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void take(byte[] value) {
        if (value == null) {
            return;
        }
        CanonicalOp operation = codec.decode(value, CanonicalOp.class);
        Map<Long, Progress> session = bySession.get(operation.getSession());
        if (session != null) {
            ByteBuffer hash = operation.getHash().duplicate();
            byte[] bytes = new byte[hash.remaining()];
            hash.get(bytes);
            session.putIfAbsent(operation.getSeq(), new Progress(operation.getSeq(), operation.getVersion(),
                HexFormat.of().formatHex(bytes)));
        }
    }

    /** {@return what became of an operation, or null while nothing is known} */
    Progress find(String session, long seq) {
        if (failure != null) {
            throw failure;
        }
        return bySession.get(session).get(seq);
    }

    @Override
    public void close() {
        running = false;
        consumer.wakeup();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
