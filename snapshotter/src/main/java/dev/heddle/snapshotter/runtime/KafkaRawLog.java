package dev.heddle.snapshotter.runtime;

import dev.heddle.Workspace;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.schemas.codec.CodecException;
import dev.heddle.schemas.codec.SubmissionReader;
import dev.heddle.schemas.serde.MalformedRecordException;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import dev.heddle.schemas.topic.LogPart;
import dev.heddle.schemas.topic.PlaceKind;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.snapshotter.history.HistoryException;
import dev.heddle.snapshotter.history.RawLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Raw logs as they are on the brokers: each in its own topic or in the one that workspaces of a shard share, or first
 * in one and then in the other; {@code heddle.workspaces} says where. Each read has a consumer of its own, outside any
 * group.
 */
public final class KafkaRawLog implements RawLog {

    private static final Duration POLL = Duration.ofMillis(500);

    /**
     * What reads the records.
     *
     * @param registry   knows the schemas of raw logs
     * @param workspaces reads the list of workspaces
     */
    public record Readers(SchemaRegistryClient registry, Deserializer<Workspace> workspaces) {
    }

    private final Map<String, Object> consumerSettings;
    private final int shards;
    private final Readers readers;
    private final Duration patience;

    /**
     * Raw logs of an installation.
     *
     * @param consumerSettings settings of the consumers
     * @param shards           the installation's number of shards
     * @param readers          read records
     * @param patience         longest wait for the next records
     */
    public KafkaRawLog(Map<String, Object> consumerSettings, int shards, Readers readers, Duration patience) {
        this.consumerSettings = consumerSettings;
        this.shards = shards;
        this.readers = readers;
        this.patience = patience;
    }

    @Override
    public void read(String workspace, long fromPosition, Predicate<Submission> visitor) {
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(consumerSettings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            for (LogPart part : parts(consumer, workspace)) {
                long from = part.offsetFrom(fromPosition);
                if (from <= part.toOffset() && !read(consumer, part, workspace, from, visitor)) {
                    return;
                }
            }
        } finally {
            close(consumer);
        }
    }

    /** A stop interrupts reads; a consumer that is closed by an interrupted thread would report that as an error. */
    private static void close(KafkaConsumer<byte[], byte[]> consumer) {
        boolean interrupted = Thread.interrupted();
        try {
            consumer.close();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean read(KafkaConsumer<byte[], byte[]> consumer, LogPart part, String workspace, long from,
                         Predicate<Submission> visitor) {
        TopicPartition partition = new TopicPartition(part.topic(), 0);
        SubmissionReader reader = new SubmissionReader(readers.registry());
        return walk(consumer, partition, from, part.toOffset(), record -> {
            Submission submission = part.shared() && !matches(record, workspace) ? null
                : submission(reader, record, part);
            return submission == null || visitor.test(submission);
        });
    }

    private List<LogPart> parts(KafkaConsumer<byte[], byte[]> consumer, String workspace) {
        Map<String, ?> topics = consumer.listTopics(patience);
        LogPart[] unlisted = {null};
        for (PlaceKind kind : PlaceKind.values()) {
            String topic = Topics.opsTopic(workspace, shards, kind);
            if (unlisted[0] == null && topics.containsKey(topic)) {
                unlisted[0] = new LogPart(0, topic, 0, Long.MAX_VALUE);
            }
        }
        List<List<LogPart>> listed = new ArrayList<>();
        if (topics.containsKey(Topics.WORKSPACES)) {
            walk(consumer, new TopicPartition(Topics.WORKSPACES, 0), 0, Long.MAX_VALUE, record -> {
                if (record.value() != null && matches(record, workspace)) {
                    listed.add(LogPart.of(readers.workspaces().deserialize(record.topic(), record.value())));
                }
                return true;
            });
        }
        if (listed.isEmpty() && unlisted[0] == null) {
            throw new HistoryException("workspace " + workspace + ": there is no raw log (expected: topic "
                + Topics.opsTopic(workspace, shards) + ")");
        }
        return listed.isEmpty() ? List.of(unlisted[0]) : listed.get(listed.size() - 1);
    }

    /** Walks up to an offset or the end there is now; says whether the visitor would have gone on. */
    private boolean walk(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long from, long to,
                         Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(List.of(partition), patience).get(partition);
        consumer.seek(partition, from);
        long lastNs = System.nanoTime();
        while (consumer.position(partition, patience) < end) {
            long before = consumer.position(partition, patience);
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() > to) {
                    return true;
                }
                if (!visitor.test(record)) {
                    return false;
                }
            }
            if (consumer.position(partition, patience) > before) {
                lastNs = System.nanoTime();
            } else if (System.nanoTime() - lastNs > patience.toNanos()) {
                throw new HistoryException("topic " + partition.topic() + ": no records from offset " + before
                    + " on within " + patience.toMillis() + " ms");
            }
        }
        return true;
    }

    private static boolean matches(ConsumerRecord<byte[], byte[]> record, String key) {
        return record.key() != null && key.equals(new String(record.key(), StandardCharsets.UTF_8));
    }

    private static Submission submission(SubmissionReader reader, ConsumerRecord<byte[], byte[]> record, LogPart part) {
        if (record.value() == null || record.value().length == 0) {
            return null;
        }
        try {
            return reader.read(record.topic(), record.value(), part.position(record.offset()),
                Math.max(0, record.timestamp()));
        } catch (MalformedRecordException | CodecException refused) {
            // The transformer refused it as well, and it changed nothing.
            return null;
        }
    }
}
