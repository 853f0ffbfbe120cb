package dev.heddle.cli.command;

import dev.heddle.cli.log.LogReader;
import dev.heddle.cli.log.LogSettings;
import dev.heddle.cli.log.SequencingLimits;
import dev.heddle.cli.log.WorkspaceLog;
import dev.heddle.cli.render.Progress;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * Where topics are and what their transformers run with, as a verb's options and the environment say together.
 *
 * @param world    what the process was started with
 * @param settings how to reach broker and registry
 */
record LogPlace(World world, LogSettings settings) {

    static final String DEFAULT_REGISTRY = "http://localhost:8081/apis/ccompat/v7";

    /** A broker, never null, and where they were given a registry and the transformer's settings file. */
    static LogPlace of(World world, String kafka, String registry, Path settingsFile) {
        String registryUrl = ServerOptions.firstOf(registry, world.console().environment("HEDDLE_REGISTRY"),
            DEFAULT_REGISTRY);
        return new LogPlace(world, new LogSettings(kafka, registryUrl, client(world, settingsFile)));
    }

    /** {@return settings of the clients from a file, or none} */
    static Map<String, String> client(World world, Path file) {
        return file == null ? Map.of() : SettingsFile.read(world.workingDirectory().resolve(file));
    }

    WorkspaceLog log() {
        return new WorkspaceLog(settings);
    }

    SequencingLimits limits() {
        return SequencingLimits.of(settings.client());
    }

    LogReader reader() {
        LongFunction<Progress> bars = world.console().terminal()
            ? total -> new Progress(world.console(), world.clock(), "reading", total) : null;
        return new LogReader(log(), limits(), bars);
    }
}
