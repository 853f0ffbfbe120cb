package dev.heddle.cli.command;

import dev.heddle.cli.log.LogReader;
import dev.heddle.cli.log.LogSettings;
import dev.heddle.cli.log.SequencingLimits;
import dev.heddle.cli.log.WorkspaceLog;
import dev.heddle.cli.render.Progress;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongFunction;
import picocli.CommandLine.Option;

/** Where the topics are, for verbs that read nothing else. */
final class LogOptions {

    static final String DEFAULT_KAFKA = "localhost:9092";

    @Option(names = "--kafka", paramLabel = "HOST:PORT",
        description = "The broker. Default: HEDDLE_KAFKA, or " + DEFAULT_KAFKA + ".")
    String kafka;

    @Option(names = "--registry", paramLabel = "URL",
        description = "The schema registry. Default: HEDDLE_REGISTRY, or%n" + SourceOptions.DEFAULT_REGISTRY + ".")
    String registry;

    @Option(names = "--settings", paramLabel = "FILE",
        description = "The transformer's settings file, where its limits are not the defaults (under other limits "
            + "other operations are refused), or where broker and registry want to know who asks.")
    Path settingsFile;

    WorkspaceLog log(World world) {
        return new WorkspaceLog(new LogSettings(
            ServerOptions.firstOf(kafka, world.console().environment("HEDDLE_KAFKA"), DEFAULT_KAFKA),
            ServerOptions.firstOf(registry, world.console().environment("HEDDLE_REGISTRY"),
                SourceOptions.DEFAULT_REGISTRY), client(world, settingsFile)));
    }

    /** {@return settings of the clients from a file, or none} */
    static Map<String, String> client(World world, Path file) {
        return file == null ? Map.of() : SettingsFile.read(world.workingDirectory().resolve(file));
    }

    /** {@return makes the bar of a log that is read; null where nobody watches} */
    static LongFunction<Progress> bars(World world) {
        return world.console().terminal() ? total -> new Progress(world.console(), world.clock(), "reading", total)
            : null;
    }

    LogReader reader(World world) {
        return new LogReader(log(world), limits(world), bars(world));
    }

    SequencingLimits limits(World world) {
        return settingsFile == null ? SequencingLimits.DEFAULT
            : SequencingLimits.of(SettingsFile.read(world.workingDirectory().resolve(settingsFile)));
    }
}
