package dev.heddle.cli.command;

import dev.heddle.cli.client.WorkspaceReader;
import dev.heddle.cli.log.LogReader;
import dev.heddle.cli.log.LogSettings;
import dev.heddle.cli.log.SequencingLimits;
import dev.heddle.cli.log.WorkspaceLog;
import dev.heddle.cli.render.Console;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where to read from: a gateway, or straight from Kafka, where the raw log keeps every version for ever. */
final class SourceOptions {

    static final String DEFAULT_REGISTRY = "http://localhost:8081/apis/ccompat/v7";

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
        description = "The schema registry, with --kafka. Default: HEDDLE_REGISTRY, or%n" + DEFAULT_REGISTRY + ".")
    String registry;

    @Option(names = "--settings", paramLabel = "FILE",
        description = "The transformer's settings file, with --kafka, where its limits are not the defaults, or where "
            + "broker and registry want to know who asks.")
    Path settingsFile;

    WorkspaceReader reader(World world) {
        return kafkaAddress(world.console()) == null ? ServerOptions.client(world.console(), server, null, token)
            : logReader(world);
    }

    LogReader logReader(World world) {
        return new LogReader(new WorkspaceLog(settings(world)), limits(world), LogOptions.bars(world));
    }

    SequencingLimits limits(World world) {
        return settingsFile == null ? SequencingLimits.DEFAULT
            : SequencingLimits.of(SettingsFile.read(world.workingDirectory().resolve(settingsFile)));
    }

    /** {@return the broker given, or null where a gateway is to be read} */
    String kafkaAddress(Console console) {
        return server != null ? kafka : ServerOptions.firstOf(kafka, console.environment("HEDDLE_KAFKA"), null);
    }

    LogSettings settings(World world) {
        return new LogSettings(kafkaAddress(world.console()),
            ServerOptions.firstOf(registry, world.console().environment("HEDDLE_REGISTRY"), DEFAULT_REGISTRY),
            LogOptions.client(world, settingsFile));
    }
}
