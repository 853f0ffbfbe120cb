package dev.heddle.cli.log;

import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** What is answered in a shard from now on: canonical operations and rejections. One thread. */
final class AnswerReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final int POLLS_MAX = 120;

    private final Consumer<byte[], byte[]> consumer;
    private final LogSettings settings;

    /**
     * A reader of some partitions from their ends on; the positions are known when this returns.
     *
     * @param consumer   closed with this
     * @param partitions the partitions
     */
    AnswerReader(Consumer<byte[], byte[]> consumer, LogSettings settings, List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.settings = settings;
        try {
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
        } catch (KafkaException error) {
            consumer.close();
            throw KafkaErrors.told(settings, error);
        }
    }

    /**
     * {@return the first answer that is wanted}
     *
     * @param reading gives the answer that a record is, or null
     */
    <T> T await(Function<ConsumerRecord<byte[], byte[]>, T> reading) {
        try {
            for (int i = 0; i < POLLS_MAX; i++) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    T answer = reading.apply(record);
                    if (answer != null) {
                        return answer;
                    }
                }
            }
        } catch (KafkaException error) {
            throw KafkaErrors.told(settings, error);
        }
        throw new CliException(ExitCode.UNAVAILABLE, "UNAVAILABLE", "no answer came within a minute",
            "is a transformer running? run the command again: that goes on where this ended");
    }

    @Override
    public void close() {
        consumer.close();
    }
}
