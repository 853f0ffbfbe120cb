package dev.heddle.cli.command;

import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.WorkspaceReader;
import dev.heddle.cli.client.WorkspaceSummary;
import dev.heddle.cli.render.Table;
import picocli.CommandLine.Command;

/** {@code heddle ws show}. */
@Command(name = "show", description = "Show a workspace: its version, shard and topics.",
    footer = {"", "Example: heddle ws show demo"})
final class WorkspaceShowVerb extends ReadVerb {

    WorkspaceShowVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run(WorkspaceReader reader) {
        WorkspaceSummary shown = reader.workspace(workspace);
        if (json()) {
            print(Shapes.workspace(shown));
            return ExitCode.OK;
        }
        Table table = new Table(false, false);
        table.row("workspace", style().bold(shown.name()));
        table.row("version", Long.toString(shown.version()));
        if (shown.shard() >= 0) {
            table.row("shard", Integer.toString(shown.shard()));
        }
        shown.topics().entrySet().stream().sorted(java.util.Map.Entry.comparingByKey())
            .forEach(topic -> table.row(topic.getKey(), topic.getValue()));
        table.print(console());
        return ExitCode.OK;
    }
}
