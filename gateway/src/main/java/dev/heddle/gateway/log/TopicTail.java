package dev.heddle.gateway.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows every partition of one topic on a thread of its own, without a group: each gateway sees everything.
 *
 * <p>The position of a partition is published before its record is passed on, so that whoever registers an interest
 * and then reads the position has missed nothing at or above it. What a record's taker throws is logged and counted as
 * that record's fault; the tail goes on.
 */
final class TopicTail implements AutoCloseable {

    /** Where a tail begins. */
    enum Start {
        /** With the first record there is. */
        BEGINNING,
        /** With the first record after the start. */
        END
    }

    private static final Logger log = LoggerFactory.getLogger(TopicTail.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STOP = Duration.ofSeconds(3);

    private final String topic;
    private final int partitions;
    private final Start start;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Consumer<ConsumerRecord<String, byte[]>> taker;
    private final AtomicLongArray positions;
    private final Thread thread;
    private volatile boolean running = true;
    private volatile boolean caughtUp;

    /**
     * A tail that does not run yet.
     *
     * @param topic      the topic
     * @param partitions how many partitions it has
     * @param start      where to begin
     * @param consumer   a consumer for this tail alone, which the tail closes
     * @param taker      takes each record, on the tail's thread
     */
    TopicTail(String topic, int partitions, Start start, KafkaConsumer<String, byte[]> consumer,
              Consumer<ConsumerRecord<String, byte[]>> taker) {
        this.topic = topic;
        this.partitions = partitions;
        this.start = start;
        this.consumer = consumer;
        this.taker = taker;
        this.positions = new AtomicLongArray(partitions);
        this.thread = new Thread(this::run, "gateway-tail-" + topic);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** {@return whether everything that was there at the start has been passed on} */
    boolean caughtUp() {
        return caughtUp;
    }

    /** {@return the offset below which everything of a partition was passed on or skipped} */
    long position(int partition) {
        return positions.get(partition);
    }

    private void run() {
        List<TopicPartition> assigned = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            assigned.add(new TopicPartition(topic, partition));
        }
        try (consumer) {
            Map<TopicPartition, Long> ends = place(assigned);
            while (running) {
                poll(assigned, ends);
            }
        } catch (WakeupException | InterruptException stopped) {
            log.debug("tail of {} stopped", topic);
        }
    }

    private Map<TopicPartition, Long> place(List<TopicPartition> assigned) {
        consumer.assign(assigned);
        while (true) {
            try {
                Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
                if (start == Start.END) {
                    ends.forEach((partition, end) -> {
                        consumer.seek(partition, end);
                        positions.set(partition.partition(), end);
                    });
                } else {
                    consumer.seekToBeginning(assigned);
                }
                return ends;
            } catch (WakeupException | InterruptException stopped) {
                throw stopped;
            } catch (KafkaException away) {
                log.warn("topic {} cannot be read yet: {}", topic, away.getMessage());
                consumer.poll(POLL);
            }
        }
    }

    private void poll(List<TopicPartition> assigned, Map<TopicPartition, Long> ends) {
        try {
            if (!caughtUp) {
                caughtUp = assigned.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition));
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(caughtUp ? POLL : Duration.ofMillis(20))) {
                positions.set(record.partition(), record.offset() + 1);
                take(record);
            }
        } catch (WakeupException | InterruptException stopped) {
            throw stopped;
        } catch (KafkaException failed) {
            log.warn("reading topic {} failed, trying on: {}", topic, failed.getMessage());
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        try {
            taker.accept(record);
        } catch (RuntimeException unreadable) {
            log.warn("record {}-{}@{} was skipped: {}", topic, record.partition(), record.offset(),
                unreadable.getMessage());
        }
    }

    @Override
    public void close() {
        running = false;
        consumer.wakeup();
        try {
            thread.join(STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
