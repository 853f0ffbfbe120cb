package dev.heddle.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.WorkspaceWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code heddle mv}. */
@Command(name = "mv", description = "Give a file another path. Edits on their way to it arrive all the same.",
    footer = {"", "Example: heddle mv demo notes.md docs/notes.md"})
final class MoveVerb extends EditingVerb {

    @Parameters(index = "1", paramLabel = "PATH", description = "The file's path.")
    private String path;

    @Parameters(index = "2", paramLabel = "TO", description = "Its new path, which must be free.")
    private String to;

    MoveVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run(WorkspaceWriter writer) {
        JsonNode answer = writer.rename(workspace, path, to);
        if (json()) {
            print(answer);
        } else {
            console().line(path + " is now " + style().bold(to));
        }
        return ExitCode.OK;
    }

    @Override
    String path() {
        return path;
    }
}
