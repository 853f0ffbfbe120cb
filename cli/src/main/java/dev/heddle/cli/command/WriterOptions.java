package dev.heddle.cli.command;

import dev.heddle.cli.log.LogReader;
import dev.heddle.cli.log.LogSettings;
import dev.heddle.cli.log.SequencingLimits;
import dev.heddle.cli.log.WorkspaceLog;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where to write: through a gateway, or straight into the raw log. */
final class WriterOptions {

    @Mixin
    ServerOptions server = new ServerOptions();

    @Option(names = "--kafka", paramLabel = "HOST:PORT",
        description = "Write straight to the topics of this broker instead, without a gateway. "
            + "HEDDLE_KAFKA alone does not: it is for verbs that read.")
    String kafka;

    @Option(names = "--registry", paramLabel = "URL",
        description = "The schema registry, with --kafka. Default: HEDDLE_REGISTRY, or%n"
            + SourceOptions.DEFAULT_REGISTRY + ".")
    String registry;

    @Option(names = "--settings", paramLabel = "FILE",
        description = "The transformer's settings file, with --kafka, where its limits are not the defaults, or where "
            + "broker and registry want to know who asks.")
    Path settingsFile;

    LogReader reader(World world) {
        Map<String, String> client = LogOptions.client(world, settingsFile);
        String registryUrl = ServerOptions.firstOf(registry, world.console().environment("HEDDLE_REGISTRY"),
            SourceOptions.DEFAULT_REGISTRY);
        return new LogReader(new WorkspaceLog(new LogSettings(kafka, registryUrl, client)),
            settingsFile == null ? SequencingLimits.DEFAULT : SequencingLimits.of(client), LogOptions.bars(world));
    }
}
