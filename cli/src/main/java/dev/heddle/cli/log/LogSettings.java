package dev.heddle.cli.log;

import java.util.Map;
import java.util.Objects;

/**
 * Where the topics are.
 *
 * @param bootstrapServers brokers, {@code host:port}, separated by commas
 * @param registryUrl      the schema registry's Confluent-compatible address
 * @param client           further settings of the clients of both by Kafka's names, security above all
 */
public record LogSettings(String bootstrapServers, String registryUrl, Map<String, String> client) {

    /** Checks that both are there. */
    public LogSettings {
        Objects.requireNonNull(bootstrapServers, "bootstrapServers");
        Objects.requireNonNull(registryUrl, "registryUrl");
        client = Map.copyOf(client);
    }
}
