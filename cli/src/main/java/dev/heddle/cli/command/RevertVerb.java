package dev.heddle.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.WorkspaceWriter;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code heddle revert}. */
@Command(name = "revert", description = {"Bring back an older state, by new operations: nothing is taken out of the "
    + "log.", "Without a path the whole tree is brought back, with it one file. What others did since is undone too; "
        + "heddle undo takes back one writer's work only."},
    footer = {"", "Example: heddle revert demo README.md --version 41"})
final class RevertVerb extends EditingVerb {

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = "Only this file.")
    private String path;

    @Mixin
    private VersionOptions version = new VersionOptions();

    RevertVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run(WorkspaceWriter writer) {
        OptionalLong to = version.resolve(source(), workspace);
        if (to.isEmpty()) {
            throw CliException.usage("revert wants --version or --at: the state to bring back");
        }
        JsonNode answer = writer.revert(workspace, to.getAsLong(), path);
        if (json()) {
            print(answer);
        } else {
            console().line((path == null ? workspace : path) + " is as at " + style().yellow("version "
                + to.getAsLong()) + " again" + (answer.hasNonNull("version") ? ", by "
                + style().yellow("version " + answer.path("version").asLong()) : ""));
        }
        return ExitCode.OK;
    }

    @Override
    String path() {
        return path;
    }
}
