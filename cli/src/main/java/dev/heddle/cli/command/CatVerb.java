package dev.heddle.cli.command;

import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.FileContent;
import dev.heddle.cli.client.WorkspaceReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code heddle cat}. */
@Command(name = "cat", description = "Print a file, as it is or as it was. The text is printed byte for byte.",
    footer = {"", "Example: heddle cat demo README.md --version 41"})
final class CatVerb extends ReadVerb {

    @Parameters(index = "1", paramLabel = "PATH", description = "The file's path, as of that version.")
    private String path;

    @Mixin
    private VersionOptions version = new VersionOptions();

    CatVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run(WorkspaceReader reader) {
        FileContent content = reader.file(workspace, path, version.resolve(reader, workspace));
        if (json()) {
            print(Shapes.object().put("file", content.file()).put("path", content.path())
                .put("version", content.version()).put("text", content.text()));
        } else {
            console().out().print(content.text());
        }
        return ExitCode.OK;
    }

    @Override
    String path() {
        return path;
    }
}
