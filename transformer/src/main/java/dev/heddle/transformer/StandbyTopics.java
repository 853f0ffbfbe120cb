package dev.heddle.transformer;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.internals.ReadOnlyTask;
import org.apache.kafka.streams.processor.internals.StreamThread;
import org.apache.kafka.streams.processor.internals.Task;
import org.apache.kafka.streams.processor.internals.TaskManager;
import org.apache.kafka.streams.processor.internals.TopologyMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells standby tasks of topics that appeared since they were made.
 *
 * <p>Kafka Streams 4.3 tells active tasks only. Where the sources are patterns, as ours are, a standby that is to
 * become active would then not know some of its topics, and its thread would fail when it is needed most. There is no
 * public way to do this; where the inside of Kafka differs from what is known here, a warning says so once, and a
 * thread that fails is replaced as ever. One thread.
 */
final class StandbyTopics {

    private static final Logger log = LoggerFactory.getLogger(StandbyTopics.class);

    private boolean possible = true;

    /** Streams whose threads can be looked at, as the field is for subclasses, and outlive the deletion of topics. */
    static final class Streams extends KafkaStreams {

        Streams(Topology topology, Properties settings) {
            super(topology, settings, new MainConsumer.Supplier());
        }

        List<StreamThread> currentThreads() {
            synchronized (threads) {
                return List.copyOf(threads);
            }
        }
    }

    /** Looks at all standby tasks and tells them of what is new. */
    void refresh(Streams streams) {
        if (!possible) {
            return;
        }
        try {
            for (StreamThread thread : streams.currentThreads()) {
                if (thread.isRunning()) {
                    refresh(StreamsInside.taskManager(thread));
                }
            }
        } catch (ReflectiveOperationException | RuntimeException changed) {
            possible = false;
            log.warn("standby tasks cannot be told of new topics; taking over may need a second attempt: {}",
                changed.toString());
        }
    }

    private static void refresh(TaskManager manager) throws ReflectiveOperationException {
        TopologyMetadata metadata =
            (TopologyMetadata) StreamsInside.value(TaskManager.class, "topologyMetadata", manager);
        for (Task task : StreamsInside.tasks(manager)) {
            if (!task.isActive()) {
                // Those being updated are shown through a wrapper that refuses changes.
                Task standby = task instanceof ReadOnlyTask
                    ? (Task) StreamsInside.value(ReadOnlyTask.class, "task", task) : task;
                refresh(standby, metadata.nodeToSourceTopics(standby.id()));
            }
        }
    }

    private static void refresh(Task standby, Map<String, List<String>> topicsBySource) {
        TaskId id = standby.id();
        Set<TopicPartition> known = topicsBySource.values().stream().flatMap(List::stream)
            .map(topic -> new TopicPartition(topic, id.partition())).collect(Collectors.toSet());
        if (!known.isEmpty() && !known.equals(standby.inputPartitions())) {
            standby.updateInputPartitions(known, topicsBySource);
        }
    }
}
