package dev.heddle.schemas.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The settings of a service that belong to its Kafka clients, security above all: every name the client knows, and then
 * those with the client's own prefix, as in Kafka Streams. The caller puts over them what its correctness rests on.
 */
public final class KafkaClientSettings {

    /** Security plug-ins bring names that no client lists. */
    private static final List<String> SECURITY_PREFIXES = List.of("security.", "sasl.", "ssl.");

    private KafkaClientSettings() {
    }

    /**
     * {@return the settings of a producer}
     *
     * @param settings the service's settings by name
     */
    public static Map<String, Object> producer(Map<String, ?> settings) {
        return client(settings, ProducerConfig.configNames(), "producer.");
    }

    /**
     * {@return the settings of a consumer}
     *
     * @param settings the service's settings by name
     */
    public static Map<String, Object> consumer(Map<String, ?> settings) {
        return client(settings, ConsumerConfig.configNames(), "consumer.");
    }

    /**
     * {@return the settings of an admin client}
     *
     * @param settings the service's settings by name
     */
    public static Map<String, Object> admin(Map<String, ?> settings) {
        return client(settings, AdminClientConfig.configNames(), "admin.");
    }

    private static Map<String, Object> client(Map<String, ?> settings, Set<String> names, String prefix) {
        Map<String, Object> own = new HashMap<>();
        settings.forEach((name, value) -> {
            if (names.contains(name) || SECURITY_PREFIXES.stream().anyMatch(name::startsWith)) {
                own.put(name, value);
            }
        });
        settings.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                own.put(name.substring(prefix.length()), value);
            }
        });
        return own;
    }
}
