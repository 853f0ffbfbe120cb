package dev.heddle.cli.command;

import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.GatewayClient;
import dev.heddle.cli.client.WorkspaceReader;
import dev.heddle.cli.client.WorkspaceWriter;
import dev.heddle.cli.log.LogEditor;
import dev.heddle.cli.log.LogReader;
import dev.heddle.cli.log.LogWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A verb that changes files, through a gateway or straight in the raw log. */
abstract class EditingVerb extends Verb {

    @Parameters(index = "0", paramLabel = "WORKSPACE", description = "The workspace's name.")
    String workspace;

    @Mixin
    WriterOptions writing = new WriterOptions();

    /** Reads where is written to; there once it runs. */
    private WorkspaceReader source;

    EditingVerb(World world) {
        super(world);
    }

    @Override
    final ExitCode run() {
        if (writing.kafka == null) {
            try (GatewayClient gateway = writing.server.client(console())) {
                source = gateway;
                return advised(gateway, workspace, this::path, () -> run(gateway));
            }
        }
        if (writing.server.server != null || writing.server.token != null) {
            throw CliException.usage("--kafka writes without a gateway: leave --server and --token away");
        }
        try (LogReader reader = writing.place(world).reader();
             LogEditor editor = new LogEditor(reader, new LogWriter(reader.log().settings()), world.ids(),
                 ServerOptions.firstOf(writing.server.author, console().environment("HEDDLE_AUTHOR"), null),
                 world.clock()::millis)) {
            source = reader;
            return advised(reader, workspace, this::path, () -> run(editor));
        }
    }

    /**
     * Does the work.
     *
     * @param writer where to write
     * @return how the process ends
     */
    abstract ExitCode run(WorkspaceWriter writer);

    /** {@return reads of the same place} */
    final WorkspaceReader source() {
        return source;
    }

    /** {@return the path to change, or null} */
    String path() {
        return null;
    }
}
