package dev.heddle.cli.command;

import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.WorkspaceSummary;
import dev.heddle.cli.log.LogReader;
import dev.heddle.cli.log.LogWriter;
import dev.heddle.cli.log.WorkspaceMove;
import dev.heddle.schemas.topic.PlaceKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heddle ws move}. */
@Command(name = "move", description = {"Move a workspace's log between its own topic and its shard's shared one.",
    "People may go on typing: for a moment their operations are refused and sent again, and nothing is lost. Where "
        + "the command ends early, run it again."},
    footer = {"", "Example: heddle ws move poems --to shared --kafka localhost:9092"})
final class WorkspaceMoveVerb extends Verb {

    @Parameters(paramLabel = "WORKSPACE", description = "The workspace's name.")
    private String workspace;

    @Option(names = "--to", required = true, paramLabel = "own|shared", description = "Where its log goes on.")
    private String to;

    @Mixin
    private LogOptions options = new LogOptions();

    WorkspaceMoveVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run() {
        PlaceKind place;
        try {
            place = PlaceKind.parse(to);
        } catch (IllegalArgumentException neither) {
            throw CliException.usage("--to " + neither.getMessage());
        }
        try (LogReader reader = options.place(world).reader();
             LogWriter writer = new LogWriter(reader.log().settings())) {
            return advised(reader, workspace, () -> null, () -> tell(new WorkspaceMove(reader.log(), writer,
                reader.log().serdes(), world.ids()).to(workspace, place)));
        }
    }

    private ExitCode tell(WorkspaceMove.Moved result) {
        WorkspaceSummary now = LogReader.summary(result.workspace(), -1);
        if (json()) {
            print(Shapes.workspace(now).put("moved", result.moved()));
        } else {
            console().line(style().bold(now.name()) + (result.moved() ? " goes on in topic " : " is in topic ")
                + now.topics().get("ops") + (result.moved() ? "" : " already"));
        }
        return ExitCode.OK;
    }
}
