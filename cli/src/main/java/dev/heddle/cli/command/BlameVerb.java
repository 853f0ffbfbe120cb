package dev.heddle.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.WorkspaceReader;
import dev.heddle.cli.history.BlameLines;
import dev.heddle.cli.history.BlameRun;
import dev.heddle.cli.render.Table;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heddle blame}. */
@Command(name = "blame", description = {"Show who wrote each line, when, and at which version.",
    "A line several operations wrote is shown with its newest one, and + for the others; --runs shows every stretch."},
    footer = {"", "Example: heddle blame demo README.md"})
final class BlameVerb extends ReadVerb {

    @Parameters(index = "1", paramLabel = "PATH", description = "The file's path, as of that version.")
    private String path;

    @Option(names = "--runs", description = "One line per stretch of text that one operation wrote.")
    private boolean runs;

    @Mixin
    private VersionOptions version = new VersionOptions();

    BlameVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run(WorkspaceReader reader) {
        OptionalLong asOf = version.resolve(reader, workspace);
        List<BlameRun> blamed = reader.blame(workspace, path, asOf);
        if (json()) {
            ObjectNode answer = Shapes.object();
            asOf.ifPresent(value -> answer.put("version", value));
            ArrayNode list = answer.putArray("runs");
            blamed.forEach(run -> list.add(Shapes.run(run)));
            print(answer);
            return ExitCode.OK;
        }
        Table table = new Table(true, false, false, false);
        if (runs) {
            blamed.forEach(run -> table.row(style().yellow("v" + run.version()), style().author(run.author()),
                style().dim(Lines.time(run.timeMs())), Lines.shown(run.text())));
        } else {
            BlameLines.of(blamed).forEach(line -> table.row(style().yellow("v" + line.newest().version()),
                style().author(line.newest().author()) + (line.shared() ? "+" : ""),
                style().dim(Lines.time(line.newest().timeMs())), line.text()));
        }
        table.print(console());
        return ExitCode.OK;
    }

    @Override
    String path() {
        return path;
    }
}
