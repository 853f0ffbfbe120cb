package dev.heddle.transformer;

import dev.heddle.schemas.config.CommonConfig;
import dev.heddle.schemas.config.KafkaClientSettings;
import dev.heddle.services.streams.ClientSettings;
import dev.heddle.services.streams.CommonStreamsSettings;
import dev.heddle.services.streams.StoreMemory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The transformer's settings as Kafka Streams and its clients take them. */
final class StreamsSettings {

    /** Settings of ours under names that Kafka Streams knows too. */
    private static final List<String> SAME_NAME = List.of(StreamsConfig.APPLICATION_ID_CONFIG,
        StreamsConfig.STATE_DIR_CONFIG, StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
        StreamsConfig.NUM_STREAM_THREADS_CONFIG, StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG,
        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
        StreamsConfig.METADATA_MAX_AGE_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_CONFIG);
    private static final int REQUEST_MS = 10_000;

    private StreamsSettings() {
    }

    /**
     * {@return settings for Kafka Streams}
     *
     * @param config  the transformer's settings
     * @param memory  bounds the stores' memory
     * @param commits is told what is committed
     */
    static Map<String, Object> of(TransformerConfig config, StoreMemory memory, CommittedOffsets commits) {
        Map<String, Object> settings = new LinkedHashMap<>(
            ClientSettings.passedOn(config.originals(), TransformerConfig.definition().names()));
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(config));
        SAME_NAME.forEach(name -> settings.put(name, config.values().get(name)));
        // A broker that hangs closes no connection; what was asked of it is asked of another after this.
        settings.putIfAbsent(StreamsConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) config.replicationFactor());
        settings.putAll(CommonStreamsSettings.of(config, memory, config.getInt(TransformerConfig.RECORD_BYTES)));
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
            CommittedOffsets.Listener.class.getName());
        settings.put(StreamsConfig.mainConsumerPrefix(CommittedOffsets.SETTING), commits);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG),
            config.getInt(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG));
        // What is in flight waits for the brokers however long: one that expired would leave a gap before later ones.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG), Integer.MAX_VALUE);
        return settings;
    }

    /**
     * {@return settings for an admin client}
     *
     * @param config the transformer's settings
     */
    static Map<String, Object> admin(TransformerConfig config) {
        Map<String, Object> settings = KafkaClientSettings.admin(config.originals());
        settings.put(CommonConfig.BOOTSTRAP_SERVERS, bootstrapServers(config));
        return settings;
    }

    /**
     * {@return settings for a consumer that reads raw logs beside the delivered records}
     *
     * @param config the transformer's settings
     */
    static Map<String, Object> rawLogConsumer(TransformerConfig config) {
        Map<String, Object> settings = KafkaClientSettings.consumer(config.originals());
        settings.put(CommonConfig.BOOTSTRAP_SERVERS, bootstrapServers(config));
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.getString(StreamsConfig.APPLICATION_ID_CONFIG));
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            CommonStreamsSettings.PARTITION_FETCH_BYTES);
        return settings;
    }

    private static String bootstrapServers(TransformerConfig config) {
        return String.join(",", config.getList(CommonConfig.BOOTSTRAP_SERVERS));
    }
}
