package dev.heddle.gateway.log;

import dev.heddle.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes the gateway's Kafka clients from its settings, with what its promises need set on top, and their metrics. */
public final class KafkaClients implements AutoCloseable {

    private static final int REQUEST_MS = 10_000;
    private static final int METADATA_MS = 5_000;

    private final Map<String, Object> producerSettings;
    private final Map<String, Object> consumerSettings;
    private final Map<String, Object> adminSettings;
    private final MeterRegistry metrics;
    private final List<KafkaClientMetrics> bound = new ArrayList<>();

    /**
     * A maker of clients.
     *
     * @param producerSettings settings of producers: addresses, security, tuning
     * @param consumerSettings settings of consumers
     * @param adminSettings    settings of admin clients
     * @param metrics          takes the clients' own metrics
     */
    public KafkaClients(Map<String, Object> producerSettings, Map<String, Object> consumerSettings,
                        Map<String, Object> adminSettings, MeterRegistry metrics) {
        this.producerSettings = Map.copyOf(producerSettings);
        this.consumerSettings = Map.copyOf(consumerSettings);
        this.adminSettings = Map.copyOf(adminSettings);
        this.metrics = metrics;
    }

    /**
     * {@return a producer whose every send is acknowledged by all replicas, in order, once, without waiting for
     * company}
     *
     * @param name       what it writes, for logs and metrics
     * @param deliveryMs how long a send may take in all, in milliseconds
     * @param blockMs    how long handing over a record may take, in milliseconds
     */
    KafkaProducer<String, byte[]> producer(String name, long deliveryMs, long blockMs) {
        Map<String, Object> settings = new HashMap<>(producerSettings);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "heddle-gateway-" + name);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_MESSAGE_BYTES);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) deliveryMs);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) Math.max(1, deliveryMs / 2));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, blockMs);
        KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        bind(new KafkaClientMetrics(producer));
        return producer;
    }

    /**
     * {@return a consumer without a group}
     *
     * @param name what it reads, for logs and metrics
     */
    KafkaConsumer<String, byte[]> consumer(String name) {
        Map<String, Object> settings = new HashMap<>(consumerSettings);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "heddle-gateway-" + name);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // A broker that hangs closes no connection: without these its partitions' new leaders are found after 30 s.
        settings.putIfAbsent(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
        settings.putIfAbsent(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MS);
        KafkaConsumer<String, byte[]> consumer =
            new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        bind(new KafkaClientMetrics(consumer));
        return consumer;
    }

    /** {@return an admin client, which the caller closes} */
    public Admin admin() {
        return Admin.create(adminSettings);
    }

    private void bind(KafkaClientMetrics client) {
        client.bindTo(metrics);
        synchronized (bound) {
            bound.add(client);
        }
    }

    /** Stops following the clients' metrics; the clients are closed by those who asked for them. */
    @Override
    public void close() {
        synchronized (bound) {
            bound.forEach(KafkaClientMetrics::close);
            bound.clear();
        }
    }
}
