package dev.heddle.snapshotter;

import dev.heddle.schemas.config.KafkaClientSettings;
import dev.heddle.services.streams.ClientSettings;
import dev.heddle.services.streams.CommonStreamsSettings;
import dev.heddle.services.streams.StoreMemory;
import dev.heddle.snapshotter.runtime.Positions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The snapshotter's settings as Kafka Streams and its clients take them. */
final class StreamsSettings {

    /** Settings of ours under names that Kafka Streams knows too. */
    private static final List<String> SAME_NAME = List.of(StreamsConfig.APPLICATION_ID_CONFIG,
        StreamsConfig.STATE_DIR_CONFIG, StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
        StreamsConfig.NUM_STREAM_THREADS_CONFIG, StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG,
        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, StreamsConfig.POLL_MS_CONFIG);

    private StreamsSettings() {
    }

    /**
     * {@return settings for Kafka Streams}
     *
     * @param config    the snapshotter's settings
     * @param memory    bounds the stores' memory
     * @param positions is told how far consumers have come
     * @param server    host and port by which other instances read from this one
     */
    static Map<String, Object> of(SnapshotterConfig config, StoreMemory memory, Positions positions, String server) {
        Map<String, Object> settings =
            CommonStreamsSettings.of(config, memory, config.getInt(SnapshotterConfig.RECORD_BYTES));
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
            String.join(",", config.getList(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG)));
        SAME_NAME.forEach(name -> settings.put(name, config.values().get(name)));
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) config.replicationFactor());
        settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, server);
        // The two topics have no order among one another, so nothing is gained by waiting for the other's records.
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1L);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
            Positions.Interceptor.class.getName());
        settings.put(StreamsConfig.mainConsumerPrefix(Positions.SETTING), positions);
        // The one codec that every Kafka client reads without further libraries; a fast level is enough for texts.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "gzip");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG), 1);
        settings.putAll(ClientSettings.passedOn(config.originals(), SnapshotterConfig.definition().names()));
        return settings;
    }

    /**
     * {@return settings for consumers of raw logs, outside any group}
     *
     * @param config the snapshotter's settings
     */
    static Map<String, Object> rawLogConsumer(SnapshotterConfig config) {
        Map<String, Object> settings = new LinkedHashMap<>(KafkaClientSettings.consumer(config.originals()));
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            2 * CommonStreamsSettings.PARTITION_FETCH_BYTES);
        return settings;
    }

    /**
     * {@return settings for an admin client}
     *
     * @param config the snapshotter's settings
     */
    static Map<String, Object> admin(SnapshotterConfig config) {
        return KafkaClientSettings.admin(config.originals());
    }
}
