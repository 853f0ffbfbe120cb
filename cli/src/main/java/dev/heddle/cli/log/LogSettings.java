package dev.heddle.cli.log;

import java.util.Objects;

/**
 * Where the topics are.
 *
 * @param bootstrapServers brokers, {@code host:port}, separated by commas
 * @param registryUrl      the schema registry's Confluent-compatible address
 */
public record LogSettings(String bootstrapServers, String registryUrl) {

    /** Checks that both are there. */
    public LogSettings {
        Objects.requireNonNull(bootstrapServers, "bootstrapServers");
        Objects.requireNonNull(registryUrl, "registryUrl");
    }
}
