package dev.heddle.cli.command;

import dev.heddle.cli.client.WorkspaceReader;
import dev.heddle.cli.render.Console;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where to read from: a gateway, or straight from Kafka, where the raw log keeps every version for ever. */
final class SourceOptions {

    @Option(names = "--server", paramLabel = "URL",
        description = "The gateway. Default: HEDDLE_SERVER, or " + ServerOptions.DEFAULT_SERVER + ".")
    String server;

    @Option(names = "--token", paramLabel = "TOKEN",
        description = "The token that says who you are. Default: HEDDLE_TOKEN, or none.")
    String token;

    @Option(names = "--kafka", paramLabel = "HOST:PORT",
        description = "Read straight from this broker instead: the raw log goes through the engine, so every "
            + "version can be read, however old. Default: HEDDLE_KAFKA, or the gateway.")
    String kafka;

    @Option(names = "--registry", paramLabel = "URL",
        description = "The schema registry, with --kafka. Default: HEDDLE_REGISTRY, or%n"
            + LogPlace.DEFAULT_REGISTRY + ".")
    String registry;

    @Option(names = "--settings", paramLabel = "FILE",
        description = "The transformer's settings file, with --kafka, where its limits are not the defaults, or where "
            + "broker and registry want to know who asks.")
    Path settingsFile;

    WorkspaceReader reader(World world) {
        return kafkaAddress(world.console()) == null ? ServerOptions.client(world.console(), server, null, token)
            : place(world).reader();
    }

    /** {@return the broker given, or null where a gateway is to be read} */
    String kafkaAddress(Console console) {
        return server != null ? kafka : ServerOptions.firstOf(kafka, console.environment("HEDDLE_KAFKA"), null);
    }

    /** Only where a broker was given. */
    LogPlace place(World world) {
        return LogPlace.of(world, kafkaAddress(world.console()), registry, settingsFile);
    }
}
