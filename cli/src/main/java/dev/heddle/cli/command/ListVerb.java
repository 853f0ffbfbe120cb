package dev.heddle.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.WorkspaceReader;
import dev.heddle.cli.render.Table;
import dev.heddle.editing.TreeEntry;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heddle ls}. */
@Command(name = "ls", description = "List the files of a workspace.",
    footer = {"", "Example: heddle ls demo src --at 2026-11-20T12:00:00Z"})
final class ListVerb extends ReadVerb {

    @Parameters(index = "1", arity = "0..1", paramLabel = "FOLDER", description = "Only files under this folder, or "
        + "this file.")
    private String folder;

    @Option(names = {"-l", "--long"}, description = "Show length in code points, version of the last change, and id.")
    private boolean detailed;

    @Mixin
    private VersionOptions version = new VersionOptions();

    ListVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run(WorkspaceReader reader) {
        String prefix = folder == null ? "" : folder.replaceAll("/+$", "") + "/";
        OptionalLong asOf = version.resolve(reader, workspace);
        List<TreeEntry> entries = reader.tree(workspace, asOf).stream()
            .filter(entry -> entry.path().startsWith(prefix) || entry.path().equals(folder)).toList();
        if (folder != null && entries.isEmpty()) {
            throw new CliException(ExitCode.REFUSED, "UNKNOWN_FILE", "there is no file or folder " + folder + " in "
                + workspace + (asOf.isEmpty() ? "" : " at version " + asOf.getAsLong()), "heddle ls " + workspace
                + " shows all files");
        }
        if (json()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            entries.forEach(entry -> list.add(Shapes.entry(entry)));
            print(list);
        } else if (detailed) {
            Table table = new Table(true, true, false, false);
            entries.forEach(entry -> table.row(Long.toString(entry.lengthCodePoints()),
                style().yellow("v" + entry.version()), style().dim(entry.file()), entry.path()));
            table.print(console());
        } else {
            entries.forEach(entry -> console().line(entry.path()));
        }
        return ExitCode.OK;
    }
}
