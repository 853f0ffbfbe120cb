package dev.heddle.services.streams;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Which of a service's settings are Kafka's own and go on to Kafka Streams as they are. Any thread. */
public final class ClientSettings {

    private static final List<String> PREFIXES = List.of("security.", "sasl.", "ssl.", "consumer.", "main.consumer.",
        "restore.consumer.", "global.consumer.", "producer.", "admin.");
    private static final Set<String> NAMES = names();

    private ClientSettings() {
    }

    /**
     * {@return security, whatever Streams or one of its clients knows by name, and all with a client's prefix}
     *
     * @param settings all that the service was given, by name
     * @param ours     names of settings that the service defines and passes on by itself
     */
    public static Map<String, Object> passedOn(Map<String, Object> settings, Set<String> ours) {
        Map<String, Object> passed = new TreeMap<>();
        settings.forEach((name, value) -> {
            if (!ours.contains(name) && (NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith))) {
                passed.put(name, value);
            }
        });
        return passed;
    }

    private static Set<String> names() {
        Set<String> names = new HashSet<>(StreamsConfig.configDef().names());
        names.addAll(ConsumerConfig.configNames());
        names.addAll(ProducerConfig.configNames());
        names.addAll(AdminClientConfig.configNames());
        return names;
    }
}
