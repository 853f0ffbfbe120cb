package dev.heddle.cli.log;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of one partition from an offset to the end it had when the reading began, or for ever. It owns its
 * consumer. One thread.
 */
final class PartitionReader implements Iterator<ConsumerRecord<byte[], byte[]>>, AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final int EMPTY_POLLS_MAX = 60;

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final LogSettings settings;
    private final long endOffset;
    private Iterator<ConsumerRecord<byte[], byte[]>> batch = List.<ConsumerRecord<byte[], byte[]>>of().iterator();
    private int emptyPolls;
    private int idlePollsMax = Integer.MAX_VALUE;

    /**
     * A reader before its first record.
     *
     * @param endOffset where to stop; {@link Long#MAX_VALUE} to follow for ever
     */
    PartitionReader(Consumer<byte[], byte[]> consumer, TopicPartition partition, LogSettings settings, long from,
                    long endOffset) {
        this.consumer = consumer;
        this.partition = partition;
        this.settings = settings;
        this.endOffset = endOffset;
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
    }

    /** Makes a reader that follows for ever end after a while without a record. */
    void endWhenIdle(long idleMs) {
        idlePollsMax = (int) Math.max(1, idleMs / POLL.toMillis());
    }

    @Override
    public boolean hasNext() {
        while (!batch.hasNext()) {
            try {
                // The position passes over transaction markers and compacted offsets, so it alone tells the end.
                if (consumer.position(partition) >= endOffset) {
                    return false;
                }
                batch = consumer.poll(POLL).iterator();
            } catch (KafkaException error) {
                throw KafkaErrors.told(settings, error);
            }
            emptyPolls = batch.hasNext() ? 0 : emptyPolls + 1;
            if (emptyPolls >= idlePollsMax) {
                return false;
            }
            if (emptyPolls > EMPTY_POLLS_MAX && endOffset != Long.MAX_VALUE) {
                throw KafkaErrors.away(settings, "no record of " + partition + " within "
                    + POLL.multipliedBy(EMPTY_POLLS_MAX).toSeconds() + " s", null);
            }
        }
        return true;
    }

    @Override
    public ConsumerRecord<byte[], byte[]> next() {
        if (!hasNext()) {
            throw new NoSuchElementException(partition + " ends at offset " + endOffset);
        }
        return batch.next();
    }

    @Override
    public void close() {
        try {
            consumer.close();
        } catch (KafkaException ignored) {
            // Nothing is lost by a consumer that reads without a group.
        }
    }
}
