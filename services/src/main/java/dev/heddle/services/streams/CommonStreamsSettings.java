package dev.heddle.services.streams;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What every service on Kafka Streams sets, whatever its topology. Any thread. */
public final class CommonStreamsSettings {

    /** Bytes fetched of a partition at a time. */
    public static final int PARTITION_FETCH_BYTES = 4 * 1024 * 1024;

    private static final int RESTORE_RECORDS = 10_000;
    private static final long BUFFER_BYTES = 64L * 1024 * 1024;

    private CommonStreamsSettings() {
    }

    /**
     * {@return settings for Kafka Streams, to which a service adds its own; mutable}
     *
     * @param config      its settings, {@code session.timeout.ms} and {@code heartbeat.interval.ms} among them
     * @param memory      bounds the stores' memory
     * @param recordBytes the largest record the service writes
     */
    public static Map<String, Object> of(AbstractConfig config, StoreMemory memory, int recordBytes) {
        Map<String, Object> settings = new LinkedHashMap<>();
        // Pattern subscriptions exist in the classic group protocol only.
        settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedStores.class);
        settings.put(StoreMemory.SETTING, memory);
        for (String name : List.of(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG)) {
            settings.put(StreamsConfig.mainConsumerPrefix(name), config.getInt(name));
        }
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
            PARTITION_FETCH_BYTES);
        settings.put(StreamsConfig.restoreConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), RESTORE_RECORDS);
        settings.put(StreamsConfig.restoreConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
            8 * PARTITION_FETCH_BYTES);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
        // A record that is sent again must not come behind later ones.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG), true);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), recordBytes);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG),
            Math.max(BUFFER_BYTES, 2L * recordBytes));
        return settings;
    }
}
