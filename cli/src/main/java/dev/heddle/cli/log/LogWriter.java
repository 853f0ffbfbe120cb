package dev.heddle.cli.log;

import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.schemas.config.KafkaClientSettings;
import dev.heddle.schemas.topic.TopicAdmin;
import dev.heddle.schemas.topic.TopicSpec;
import dev.heddle.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records straight to Heddle's topics, one at a time. One thread; blocks. */
public final class LogWriter implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final short BROKERS_DEFAULT = -1;
    private static final int ATTEMPTS = 100;
    private static final long PAUSE_MS = 100;

    private final LogSettings settings;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private volatile Exception failure;

    /**
     * A writer.
     *
     * @param settings where the topics are
     */
    public LogWriter(LogSettings settings) {
        this.settings = settings;
        try {
            Map<String, Object> client = KafkaClientSettings.admin(settings.client());
            client.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
            admin = Admin.create(client);
            Map<String, Object> writing = KafkaClientSettings.producer(settings.client());
            writing.putAll(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers(),
                ProducerConfig.ACKS_CONFIG, "all", ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_MESSAGE_BYTES));
            producer = new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException error) {
            throw KafkaErrors.told(settings, error);
        }
    }

    /**
     * Makes a topic if it is missing, checks it otherwise.
     *
     * @param topic what it is to be
     * @param empty whether it must hold no record
     */
    public void ensure(TopicSpec topic, boolean empty) {
        TopicPartition partition = new TopicPartition(topic.name(), 0);
        try {
            new TopicAdmin(admin, BROKERS_DEFAULT, TIMEOUT).ensure(List.of(topic));
            if (empty && end(partition) > 0) {
                throw new CliException(ExitCode.REFUSED, "BAD_REQUEST", "topic " + topic.name() + " holds records "
                    + "already, and they are no part of the workspace", "a topic of another history is never taken");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw KafkaErrors.away(settings, "interrupted", interrupted);
        } catch (ExecutionException | KafkaException error) {
            throw KafkaErrors.away(settings, error.getMessage(), error);
        }
    }

    /** A topic made a moment ago is not known to every broker yet: asked again until it is. */
    private long end(TopicPartition partition) throws InterruptedException, ExecutionException {
        for (int attempt = 1;; attempt++) {
            try {
                return admin.listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition).get()
                    .offset();
            } catch (ExecutionException error) {
                if (!(error.getCause() instanceof UnknownTopicOrPartitionException) || attempt == ATTEMPTS) {
                    throw error;
                }
                new CompletableFuture<>().completeOnTimeout(null, PAUSE_MS, TimeUnit.MILLISECONDS).get();
            }
        }
    }

    /**
     * Writes a record and waits until the brokers have it.
     *
     * @param topic     where to
     * @param partition where to
     * @param key       its key
     * @param value     its value
     */
    public void send(String topic, int partition, String key, byte[] value) {
        try {
            producer.send(new ProducerRecord<>(topic, partition, key.getBytes(StandardCharsets.UTF_8), value)).get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw KafkaErrors.away(settings, "interrupted", interrupted);
        } catch (ExecutionException | KafkaException error) {
            throw KafkaErrors.away(settings, error.getMessage(), error);
        }
    }

    /**
     * Hands a record to partition 0 of a topic over to be written behind the ones before, without waiting.
     *
     * @param topic where to
     * @param key   its key
     * @param value its value
     */
    void hand(String topic, String key, byte[] value) {
        try {
            producer.send(new ProducerRecord<>(topic, 0, key.getBytes(StandardCharsets.UTF_8), value),
                (written, error) -> failure = error != null && failure == null ? error : failure);
        } catch (KafkaException error) {
            throw KafkaErrors.told(settings, error);
        }
    }

    /** Waits until the brokers have all that was handed over. */
    void flush() {
        producer.flush();
        if (failure != null) {
            throw KafkaErrors.away(settings, failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        producer.close(TIMEOUT);
        admin.close(TIMEOUT);
    }
}
