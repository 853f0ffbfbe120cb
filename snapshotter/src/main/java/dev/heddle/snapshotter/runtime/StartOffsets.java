package dev.heddle.snapshotter.runtime;

import dev.heddle.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a group that never ran begins: at the end of both topics. What lies before is then not processed record
 * by record but restored into the stores, as after the loss of a state directory, and both topics are there as a whole
 * before the first operation is folded. So a fresh group is no case of its own.
 */
public final class StartOffsets {

    private static final Logger log = LoggerFactory.getLogger(StartOffsets.class);

    private final Admin admin;
    private final String group;
    private final Duration timeout;

    /**
     * Offsets of a group.
     *
     * @param admin   asks the brokers; not closed here
     * @param group   the group's name
     * @param timeout longest wait for each request
     */
    public StartOffsets(Admin admin, String group, Duration timeout) {
        this.admin = admin;
        this.group = group;
        this.timeout = timeout;
    }

    /**
     * Gives the group an offset for each partition that it has none for.
     *
     * @param shards the installation's number of shards
     * @throws KafkaException where the brokers do not answer
     */
    public void prepare(int shards) {
        List<TopicPartition> partitions = Stream.of(Topics.CANONICAL, Topics.SNAPSHOTS)
            .flatMap(topic -> IntStream.range(0, shards).mapToObj(number -> new TopicPartition(topic, number)))
            .toList();
        Map<TopicPartition, OffsetAndMetadata> committed = await(committed());
        Map<TopicPartition, OffsetSpec> missing = new HashMap<>();
        partitions.stream().filter(partition -> committed.get(partition) == null)
            .forEach(partition -> missing.put(partition, OffsetSpec.latest()));
        if (missing.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end
            : await(admin.listOffsets(missing).all()).entrySet()) {
            ends.put(end.getKey(), new OffsetAndMetadata(end.getValue().offset()));
        }
        try {
            await(admin.alterConsumerGroupOffsets(group, ends).all());
            log.info("group {} begins at {}", group, ends);
        } catch (KafkaException refused) {
            // Another instance is running already; it has given the group its offsets before it joined.
            log.info("group {} has been started by another instance: {}", group, refused.getMessage());
        }
    }

    /**
     * {@return the committed offset of each partition the group has one for}
     */
    public KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> committed() {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata();
    }

    private <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new KafkaException("could not look up the offsets of group " + group + ": "
                + failed.getCause().getMessage(), failed.getCause());
        } catch (TimeoutException late) {
            throw new org.apache.kafka.common.errors.TimeoutException("could not look up the offsets of group " + group
                + " within " + timeout.toMillis() + " ms", late);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }
}
