package dev.heddle.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.WorkspaceWriter;
import dev.heddle.cli.export.TextFiles;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heddle put}. */
@Command(name = "put", description = {"Make a file's text that of a local file or of standard input.",
    "It becomes the smallest edit, so that others' cursors and concurrent edits survive. The file is "
        + "created where it is not there."},
    footer = {"", "Example: heddle put demo notes.md notes.md", "Example: date | heddle put demo now.txt"})
final class PutVerb extends EditingVerb {

    @Parameters(index = "1", paramLabel = "PATH", description = "The file's path in the workspace.")
    private String path;

    @Parameters(index = "2", arity = "0..1", defaultValue = "-", paramLabel = "FILE",
        description = "The local file, UTF-8; - for standard input, which is the default.")
    private String file;

    @Option(names = "--if-match", paramLabel = "ETAG",
        description = "Only where the file still has this entity tag, as the gateway sent it with the text.")
    private String ifMatch;

    PutVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run(WorkspaceWriter writer) {
        JsonNode answer = writer.put(workspace, path, text(), ifMatch);
        if (json()) {
            print(answer);
        } else {
            console().line(path + " is at " + style().yellow("version " + answer.path("version").asLong()));
        }
        return ExitCode.OK;
    }

    private String text() {
        if (!"-".equals(file)) {
            return TextFiles.read(world.workingDirectory().resolve(file));
        }
        if (console().terminal()) {
            note("reading the text from standard input, to its end (Ctrl-D)");
        }
        try {
            return TextFiles.decode("standard input", world.input().readAllBytes());
        } catch (IOException error) {
            throw CliException.local("standard input cannot be read: " + error.getMessage(), error);
        }
    }
}
