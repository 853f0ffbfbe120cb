package dev.heddle.cli.command;

import java.nio.file.Path;
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
            + LogPlace.DEFAULT_REGISTRY + ".")
    String registry;

    @Option(names = "--settings", paramLabel = "FILE",
        description = "The transformer's settings file, with --kafka, where its limits are not the defaults, or where "
            + "broker and registry want to know who asks.")
    Path settingsFile;

    /** Only where a broker was given. */
    LogPlace place(World world) {
        return LogPlace.of(world, kafka, registry, settingsFile);
    }
}
