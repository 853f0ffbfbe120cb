package dev.heddle.snapshotter.runtime;

import dev.heddle.ClientOp;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.schemas.codec.CodecException;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.serde.MalformedRecordException;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.snapshotter.history.HistoryException;
import dev.heddle.snapshotter.history.RawLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Raw logs as they are on the brokers: a workspace's own topic, or the one that workspaces of a shard share. Each read
 * has a consumer of its own, outside any group.
 */
public final class KafkaRawLog implements RawLog {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Map<String, Object> consumerSettings;
    private final int shards;
    private final Deserializer<ClientOp> operations;
    private final Duration patience;

    /**
     * Raw logs of an installation.
     *
     * @param consumerSettings settings of the consumers
     * @param shards           the installation's number of shards
     * @param operations       reads records
     * @param patience         longest wait for the next records
     */
    public KafkaRawLog(Map<String, Object> consumerSettings, int shards, Deserializer<ClientOp> operations,
                       Duration patience) {
        this.consumerSettings = consumerSettings;
        this.shards = shards;
        this.operations = operations;
        this.patience = patience;
    }

    @Override
    public void read(String workspace, long fromOffset, Predicate<Submission> visitor) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                 new KafkaConsumer<>(consumerSettings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            String own = Topics.opsTopic(workspace, shards);
            String shared = Topics.OPS_PREFIX + Shards.digits(Shards.of(workspace, shards));
            Map<String, ?> topics = consumer.listTopics(patience);
            String topic = topics.containsKey(own) ? own : shared;
            if (!topics.containsKey(topic)) {
                throw new HistoryException("workspace " + workspace + ": there is no raw log (expected: topic " + own
                    + ")");
            }
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seek(partition, fromOffset);
            long end = consumer.endOffsets(List.of(partition), patience).get(partition);
            walk(consumer, partition, end, topic.equals(shared) ? workspace : null, visitor);
        }
    }

    private void walk(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long end, String key,
                      Predicate<Submission> visitor) {
        long lastNs = System.nanoTime();
        while (consumer.position(partition, patience) < end) {
            long before = consumer.position(partition, patience);
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Submission submission = key == null || matches(record, key) ? submission(record) : null;
                if (submission != null && !visitor.test(submission)) {
                    return;
                }
            }
            if (consumer.position(partition, patience) > before) {
                lastNs = System.nanoTime();
            } else if (System.nanoTime() - lastNs > patience.toNanos()) {
                throw new HistoryException("topic " + partition.topic() + ": no records from offset " + before
                    + " on within " + patience.toMillis() + " ms");
            }
        }
    }

    private static boolean matches(ConsumerRecord<byte[], byte[]> record, String key) {
        return record.key() != null && key.equals(new String(record.key(), StandardCharsets.UTF_8));
    }

    private Submission submission(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null || record.value().length == 0) {
            return null;
        }
        try {
            ClientOp operation = operations.deserialize(record.topic(), record.value());
            return OperationCodec.submission(operation, record.offset(), Math.max(0, record.timestamp()));
        } catch (MalformedRecordException | CodecException refused) {
            // The transformer refused it as well, and it changed nothing.
            return null;
        }
    }
}
