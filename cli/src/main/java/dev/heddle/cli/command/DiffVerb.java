package dev.heddle.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.WorkspaceReader;
import dev.heddle.cli.history.TreeDiff;
import dev.heddle.editing.LineDiff;
import dev.heddle.editing.TreeEntry;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heddle diff}. */
@Command(name = "diff", description = {"Show what changed between two versions, as a unified diff.",
    "Files are followed through renames by their id. --json gives runs of lines per file."},
    footer = {"", "Example: heddle diff demo --from 41", "Example: heddle diff demo README.md --from 41 --to 52"})
final class DiffVerb extends ReadVerb {

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH",
        description = "Only the file that has this path in one of the versions.")
    private String path;

    @Option(names = "--from", required = true, paramLabel = "V", description = "The old version.")
    private long from;

    @Option(names = "--to", paramLabel = "V", description = "The new version; default: the newest.")
    private Long to;

    DiffVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run(WorkspaceReader reader) {
        long newer = to != null ? to : reader.workspace(workspace).version();
        List<TreeEntry> before = tree(reader, from);
        List<TreeEntry> after = tree(reader, newer);
        if (path != null && Stream.concat(before.stream(), after.stream()).noneMatch(it -> it.path().equals(path))) {
            throw new CliException(ExitCode.REFUSED, "UNKNOWN_FILE", "there is no file " + path + " at version " + from
                + " or " + newer + " of " + workspace, "heddle ls " + workspace + " shows the files");
        }
        List<TreeDiff.Pair> pairs = TreeDiff.of(before, after).stream()
            .filter(pair -> path == null || path.equals(pair.oldPath()) || path.equals(pair.newPath())).toList();
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (TreeDiff.Pair pair : pairs) {
            String old = text(reader, pair.oldPath(), from);
            String now = text(reader, pair.newPath(), newer);
            if (old.equals(now) && Objects.equals(pair.oldPath(), pair.newPath())) {
                continue;
            }
            if (json()) {
                all.add(shape(pair, old, now));
            } else {
                printUnified(pair, old, now, newer);
            }
        }
        if (json()) {
            ObjectNode answer = Shapes.object().put("from", from).put("to", newer);
            answer.set("files", all);
            print(answer);
        }
        return ExitCode.OK;
    }

    private List<TreeEntry> tree(WorkspaceReader reader, long version) {
        return version == 0 ? List.of() : reader.tree(workspace, OptionalLong.of(version));
    }

    private String text(WorkspaceReader reader, String at, long version) {
        return at == null ? "" : reader.file(workspace, at, OptionalLong.of(version)).text();
    }

    private void printUnified(TreeDiff.Pair pair, String old, String now, long newer) {
        String oldName = pair.oldPath() == null ? "/dev/null" : "a/" + pair.oldPath() + "\tversion " + from;
        String newName = pair.newPath() == null ? "/dev/null" : "b/" + pair.newPath() + "\tversion " + newer;
        if (pair.oldPath() != null && pair.newPath() != null && !pair.oldPath().equals(pair.newPath())) {
            console().line(style().bold("rename " + pair.oldPath() + " to " + pair.newPath()));
        }
        String unified = LineDiff.between(old, now).unified(oldName, newName);
        if (!unified.isEmpty()) {
            // Only line feeds end lines: what else a text has for it is part of the line.
            Stream.of(unified.split("\n")).forEach(line -> console().line(paint(line)));
        }
    }

    private String paint(String line) {
        if (line.startsWith("+++") || line.startsWith("---")) {
            return style().bold(line);
        }
        if (line.startsWith("@@")) {
            return style().cyan(line);
        }
        return line.startsWith("+") ? style().green(line) : line.startsWith("-") ? style().red(line) : line;
    }

    private static ObjectNode shape(TreeDiff.Pair pair, String old, String now) {
        ObjectNode node = Shapes.object().put("file", pair.file()).put("oldPath", pair.oldPath())
            .put("newPath", pair.newPath());
        ArrayNode hunks = node.putArray("hunks");
        for (LineDiff.Replacement each : LineDiff.between(old, now).replacements()) {
            ObjectNode shape = hunks.addObject().put("fromLine", each.fromLine()).put("toLine", each.toLine());
            ArrayNode removed = shape.putArray("removed");
            each.removed().forEach(line -> removed.add(bare(line)));
            ArrayNode added = shape.putArray("added");
            each.added().forEach(line -> added.add(bare(line)));
        }
        return node;
    }

    private static String bare(String line) {
        return line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
    }
}
