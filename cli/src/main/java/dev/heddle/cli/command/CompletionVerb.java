package dev.heddle.cli.command;

import dev.heddle.cli.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code heddle completion}. */
@Command(name = "completion", description = "Print a completion script for bash and zsh.",
    footer = {"", "Example: source <(heddle completion)"})
final class CompletionVerb extends Verb {

    CompletionVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run() {
        console().out().print(AutoComplete.bash("heddle", HeddleCommand.commandLine(world)));
        return ExitCode.OK;
    }
}
