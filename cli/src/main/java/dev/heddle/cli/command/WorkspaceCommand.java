package dev.heddle.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The verbs about workspaces themselves. */
@Command(name = "ws", synopsisSubcommandLabel = "VERB", description = "Create, list, show, move and copy workspaces.")
final class WorkspaceCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this page and do nothing.")
    private boolean help;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "ws wants a verb: create, list, show, move or copy");
    }
}
