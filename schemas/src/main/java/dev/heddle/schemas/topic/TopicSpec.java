package dev.heddle.schemas.topic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * All there is to say of one topic.
 *
 * @param name       the topic's name, or for a family of topics its form
 * @param partitions number of partitions; never changed once created
 * @param key        the form of its keys (UTF-8 text), for people
 * @param value      the name of the Avro record of its values, or what else they are, for people
 * @param keyedBy    which partition a record goes to, for people
 * @param purpose    what it is for, in one sentence
 * @param settings   its settings, in the order of the reference page
 */
public record TopicSpec(String name, int partitions, String key, String value, String keyedBy, String purpose,
                        List<TopicSetting> settings) {

    /** Copies the settings, so that the value never changes. */
    public TopicSpec {
        Objects.requireNonNull(name, "name");
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions: " + partitions + " (expected: at least 1)");
        }
        settings = List.copyOf(settings);
    }

    /** {@return the settings by name, as they are given at creation} */
    public Map<String, String> configs() {
        Map<String, String> configs = new LinkedHashMap<>();
        settings.forEach(setting -> configs.put(setting.name(), setting.value()));
        return configs;
    }

    /**
     * {@return the topic as an admin client creates it}
     *
     * @param replicationFactor number of replicas, or -1 for the broker's default
     */
    public NewTopic newTopic(short replicationFactor) {
        return new NewTopic(name, partitions, replicationFactor).configs(configs());
    }
}
