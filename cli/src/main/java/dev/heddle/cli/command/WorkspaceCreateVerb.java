package dev.heddle.cli.command;

import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.WorkspaceWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code heddle ws create}. */
@Command(name = "create", description = "Create an empty workspace with its own log. "
    + "Its name: small letters, digits and -, up to 63.",
    footer = {"", "Example: heddle ws create poems --place shared"})
final class WorkspaceCreateVerb extends EditingVerb {

    @Option(names = "--place", paramLabel = "own|shared", description = "Where its log is: a topic of its own, or the "
        + "one that workspaces of its shard share. Default: as the installation says.")
    private String place;

    WorkspaceCreateVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run(WorkspaceWriter writer) {
        WorkspaceWriter.Created created = writer.create(workspace, place);
        if (json()) {
            print(Shapes.workspace(created.workspace()).put("created", created.made()));
        } else {
            String name = style().bold(created.workspace().name());
            console().line((created.made() ? "created " + name : name + " was there already") + " (" + writer.name()
                + ")");
        }
        return ExitCode.OK;
    }
}
