package dev.heddle.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.WorkspaceWriter;
import dev.heddle.cli.history.LoggedOperation;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heddle edit}. */
@Command(name = "edit", description = {"Change part of a file.",
    "With --find: replace a text, found in the file as it is when the edit is ordered; refused where it is not there "
        + "or not unique. With --position: delete and insert at a place in version --base of the file."},
    footer = {"", "Example: heddle edit demo README.md --find 'colour' --with 'color' --occurrence all",
        "Example: heddle edit demo README.md --base 41 --position 0 --insert '# Title'"})
final class EditVerb extends EditingVerb {

    /** Which occurrences are meant. */
    enum Occurrence { ONLY, FIRST, ALL }

    @Parameters(index = "1", paramLabel = "PATH", description = "The file's path.")
    private String path;

    @Option(names = "--find", paramLabel = "TEXT", description = "The text to replace, exactly.")
    private String find;

    @Option(names = "--with", paramLabel = "TEXT", description = "What to put in its place; empty deletes it.")
    private String with;

    @Option(names = "--occurrence", paramLabel = "WHICH", defaultValue = "ONLY",
        description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}, which refuses a text that occurs twice.")
    private Occurrence occurrence;

    @Option(names = "--position", paramLabel = "N", description = "Where, in Unicode code points from 0.")
    private Integer position;

    @Option(names = "--delete", paramLabel = "N", defaultValue = "0",
        description = "How many code points to remove there.")
    private int delete;

    @Option(names = "--insert", paramLabel = "TEXT", defaultValue = "", description = "What to put there.")
    private String insert;

    @Option(names = "--base", paramLabel = "V",
        description = "The version the position is meant in; default: the newest when this command starts.")
    private Long base;

    EditVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run(WorkspaceWriter writer) {
        LoggedOperation done = writer.patch(workspace, path, operation(writer));
        if (json()) {
            print(Shapes.operation(done));
        } else {
            console().line(path + " is at " + style().yellow("version " + done.version()) + ": "
                + Lines.summary(done, style()));
        }
        return ExitCode.OK;
    }

    private ObjectNode operation(WorkspaceWriter writer) {
        if ((find == null) == (position == null)) {
            throw CliException.usage("edit wants either --find and --with, or --position");
        }
        if (find != null) {
            if (with == null) {
                throw CliException.usage("--find wants --with (empty to delete what is found)");
            }
            return Shapes.object().put("kind", "replace").put("find", find).put("with", with)
                .put("occurrence", occurrence.name().toLowerCase(Locale.ROOT));
        }
        ObjectNode operation = Shapes.object().put("kind", "edit")
            .put("base", base != null ? base : writer.head(workspace));
        operation.putArray("changes").addObject().put("at", position).put("delete", delete).put("insert", insert);
        return operation;
    }

    @Override
    String path() {
        return path;
    }
}
