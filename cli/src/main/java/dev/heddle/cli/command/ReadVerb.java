package dev.heddle.cli.command;

import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.WorkspaceReader;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A verb that only reads, from a gateway or straight from Kafka. */
abstract class ReadVerb extends Verb {

    @Parameters(index = "0", paramLabel = "WORKSPACE", description = "The workspace's name.")
    String workspace;

    @Mixin
    SourceOptions source = new SourceOptions();

    ReadVerb(World world) {
        super(world);
    }

    @Override
    final ExitCode run() {
        try (WorkspaceReader reader = source.reader(world)) {
            return advised(reader, workspace, this::path, () -> run(reader));
        }
    }

    /**
     * Does the work.
     *
     * @param reader where to read
     * @return how the process ends
     */
    abstract ExitCode run(WorkspaceReader reader);

    /** {@return the path asked for, or null} */
    String path() {
        return null;
    }
}
