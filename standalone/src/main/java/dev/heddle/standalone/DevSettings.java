package dev.heddle.standalone;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What {@code ./heddle dev} was asked for.
 *
 * @param port          port of the gateway
 * @param kafkaPort     port of the broker
 * @param registryPort  port of the registry
 * @param dataDirectory where all data and logs go
 * @param demo          whether to open the demo workspace
 */
record DevSettings(int port, int kafkaPort, int registryPort, Path dataDirectory, boolean demo) {

    DevSettings {
        Objects.requireNonNull(dataDirectory, "dataDirectory");
    }
}
