package dev.heddle.cli.command;

import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.GatewayClient;
import dev.heddle.cli.client.WorkspaceSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code heddle ws create}. */
@Command(name = "create", description = "Create an empty workspace with its own log.",
    footer = {"", "Example: heddle ws create poems"})
final class WorkspaceCreateVerb extends WriteVerb {

    @Parameters(paramLabel = "WORKSPACE", description = "Its name: small letters, digits and -, up to 63.")
    private String workspace;

    WorkspaceCreateVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run(GatewayClient gateway) {
        WorkspaceSummary created = gateway.create(workspace);
        if (json()) {
            print(Shapes.workspace(created));
        } else {
            console().line("created " + style().bold(created.name()) + " (" + gateway.server() + ")");
        }
        return ExitCode.OK;
    }

    @Override
    String workspace() {
        return workspace;
    }
}
