package dev.heddle.transformer;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;
import org.apache.kafka.streams.processor.internals.StreamTask;
import org.apache.kafka.streams.processor.internals.StreamThread;
import org.apache.kafka.streams.processor.internals.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads raw logs for a Streams thread, and lets it outlive the deletion of topics it reads.
 *
 * <p>A task of Kafka Streams 4.3 remembers how far it read each partition it ever read, also where a partition is
 * taken away because its topic is gone while the task goes on with others, as only sources that are patterns know it.
 * Its next commit asks for the position in the partition that is gone, and its thread fails. And where a commit meets
 * a deletion that this consumer has not seen yet, it is repeated for a minute, in which nothing else is read. One
 * thread.
 */
final class MainConsumer extends KafkaConsumer<byte[], byte[]> {

    private static final Logger log = LoggerFactory.getLogger(MainConsumer.class);
    /** So long a commit is tried before it is looked whether a topic is gone. */
    private static final Duration COMMIT_LOOK = Duration.ofSeconds(2);

    MainConsumer(Map<String, Object> settings) {
        super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Clients as Kafka Streams makes them, but for this one. */
    static final class Supplier extends DefaultKafkaClientSupplier {

        @Override
        public Consumer<byte[], byte[]> getConsumer(Map<String, Object> settings) {
            return new MainConsumer(settings);
        }
    }

    @Override
    public void subscribe(Pattern topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new ConsumerRebalanceListener() {

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                // Before tasks commit for the last time, which would be for the topics that are gone as well.
                forget(partitions.stream().filter(partition -> !subscription().contains(partition.topic())).toList());
                listener.onPartitionsRevoked(partitions);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                listener.onPartitionsAssigned(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                listener.onPartitionsLost(partitions);
            }
        });
    }

    /** Has the tasks of the thread that this consumer belongs to, which is the one that calls, forget partitions. */
    private static void forget(Collection<TopicPartition> gone) {
        if (gone.isEmpty() || !(Thread.currentThread() instanceof StreamThread thread)) {
            return;
        }
        log.info("topics are gone and not read any more: {}", gone.stream().map(TopicPartition::topic).toList());
        try {
            for (Task task : StreamsInside.tasks(StreamsInside.taskManager(thread))) {
                if (task instanceof StreamTask) {
                    ((Map<?, ?>) StreamsInside.value(StreamTask.class, "consumedOffsets", task)).keySet()
                        .removeAll(gone);
                }
            }
        } catch (ReflectiveOperationException | RuntimeException changed) {
            log.warn("a task cannot be told that topics are gone; its thread will fail and be replaced: {}",
                changed.toString());
        }
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            super.commitSync(offsets, COMMIT_LOOK);
        } catch (TimeoutException late) {
            Set<String> topics = listTopics().keySet();
            Map<TopicPartition, OffsetAndMetadata> left = new HashMap<>(offsets);
            left.keySet().removeIf(partition -> !topics.contains(partition.topic()));
            if (left.size() < offsets.size()) {
                log.info("topics are gone, nothing is committed for them: {}", offsets.keySet().stream()
                    .filter(partition -> !left.containsKey(partition)).map(TopicPartition::topic).toList());
            }
            super.commitSync(left);
        }
    }
}
