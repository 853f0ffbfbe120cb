package dev.heddle.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.WorkspaceReader;
import dev.heddle.cli.client.WorkspaceSummary;
import dev.heddle.cli.render.Table;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code heddle ws list}. */
@Command(name = "list", description = "List all workspaces.", footer = {"", "Example: heddle ws list"})
final class WorkspaceListVerb extends Verb {

    @Mixin
    private SourceOptions source = new SourceOptions();

    WorkspaceListVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run() {
        List<WorkspaceSummary> all;
        try (WorkspaceReader reader = source.reader(world)) {
            all = reader.workspaces();
        }
        if (json()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            all.forEach(workspace -> list.add(Shapes.workspace(workspace)));
            print(list);
            return ExitCode.OK;
        }
        Table table = new Table(false, false);
        for (WorkspaceSummary workspace : all) {
            table.row(workspace.name(), workspace.version() < 0 ? ""
                : style().dim("version " + workspace.version()));
        }
        table.print(console());
        if (all.isEmpty()) {
            note("no workspaces yet: heddle ws create NAME makes one");
        }
        return ExitCode.OK;
    }
}
