package dev.heddle.cli.log;

import dev.heddle.cli.CliException;
import dev.heddle.schemas.config.KafkaClientSettings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Partitions of one cluster, read without a group. Readers stay valid until this is closed. One thread. */
final class Partitions implements AutoCloseable {

    private final LogSettings settings;
    private final List<PartitionReader> readers = new ArrayList<>();

    Partitions(LogSettings settings) {
        this.settings = settings;
    }

    /** {@return how many partitions a topic has; 0 where there is none of that name} */
    int count(String topic) {
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            return consumer.partitionsFor(topic).size();
        } catch (KafkaException error) {
            throw KafkaErrors.told(settings, error);
        }
    }

    /** {@return the offset behind the last record there is now} */
    long end(TopicPartition partition) {
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            boolean known = consumer.partitionsFor(partition.topic()).stream()
                .anyMatch(info -> info.partition() == partition.partition());
            if (!known) {
                throw KafkaErrors.noTopic(settings, partition);
            }
            return consumer.endOffsets(List.of(partition)).get(partition);
        } catch (KafkaException error) {
            throw KafkaErrors.told(settings, error);
        }
    }

    /** {@return the records there are now} */
    Iterator<ConsumerRecord<byte[], byte[]>> read(TopicPartition partition) {
        return open(partition, -1, end(partition));
    }

    /** {@return the records of an offset, or of the oldest there is where that is negative, up to an end, exclusive} */
    PartitionReader open(TopicPartition partition, long from, long end) {
        Consumer<byte[], byte[]> consumer = consumer();
        try {
            long start = from >= 0 ? from : consumer.beginningOffsets(List.of(partition)).get(partition);
            PartitionReader reader = new PartitionReader(consumer, partition, settings, start, end);
            readers.add(reader);
            return reader;
        } catch (KafkaException error) {
            consumer.close();
            throw KafkaErrors.told(settings, error);
        }
    }

    /** {@return a consumer that reads nothing yet, for the caller to close} */
    Consumer<byte[], byte[]> consumer() {
        try {
            Map<String, Object> client = KafkaClientSettings.consumer(settings.client());
            client.putAll(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers(),
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1000",
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000",
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000"));
            return new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException error) {
            Throwable cause = error.getCause() == null ? error : error.getCause();
            throw CliException.usage("kafka " + settings.bootstrapServers() + ": " + cause.getMessage());
        }
    }

    @Override
    public void close() {
        readers.forEach(PartitionReader::close);
        readers.clear();
    }
}
