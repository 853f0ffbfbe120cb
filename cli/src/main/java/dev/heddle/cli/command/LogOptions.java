package dev.heddle.cli.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the topics are, for verbs that read nothing else. */
final class LogOptions {

    static final String DEFAULT_KAFKA = "localhost:9092";

    @Option(names = "--kafka", paramLabel = "HOST:PORT",
        description = "The broker. Default: HEDDLE_KAFKA, or " + DEFAULT_KAFKA + ".")
    String kafka;

    @Option(names = "--registry", paramLabel = "URL",
        description = "The schema registry. Default: HEDDLE_REGISTRY, or%n" + LogPlace.DEFAULT_REGISTRY + ".")
    String registry;

    @Option(names = "--settings", paramLabel = "FILE",
        description = "The transformer's settings file, where its limits are not the defaults (under other limits "
            + "other operations are refused), or where broker and registry want to know who asks.")
    Path settingsFile;

    LogPlace place(World world) {
        return LogPlace.of(world, ServerOptions.firstOf(kafka, world.console().environment("HEDDLE_KAFKA"),
            DEFAULT_KAFKA), registry, settingsFile);
    }
}
