package dev.heddle.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.WorkspaceWriter;
import dev.heddle.cli.render.Count;
import dev.heddle.editing.UndoSelection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code heddle undo}. */
@Command(name = "undo", description = {"Take back what an author or a session did, or a range of versions, by new "
    + "operations, and leave everybody else's later work in place.",
    "What cannot be taken back cleanly is listed, and the exit code is then 1. Run again, it finds what was taken "
        + "back already and leaves it."},
    footer = {"", "Example: heddle undo demo --session 7f3c --dry-run", "Example: heddle undo demo --versions 40..52"})
final class UndoVerb extends EditingVerb {

    @Option(names = "--by", paramLabel = "NAME", description = "Take back this author's operations.")
    private String undoneAuthor;

    @Option(names = "--session", paramLabel = "ID", description = "Take back this session's; a prefix will do.")
    private String session;

    @Option(names = "--versions", paramLabel = "A..B",
        description = "Only versions from A to B, or A alone; with --by or --session, only theirs among them.")
    private String versions;

    @Option(names = {"-n", "--dry-run"}, description = "Show what would be done and do nothing.")
    private boolean dryRun;

    UndoVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run(WorkspaceWriter writer) {
        if (undoneAuthor == null && session == null && versions == null) {
            throw CliException.usage("undo wants --by, --session or --versions: whose work to take back");
        }
        VersionRange range = versions == null ? null : VersionRange.parse(versions);
        JsonNode report = writer.undo(workspace, new UndoSelection(undoneAuthor, session,
            range == null ? null : range.from(), range == null || range.to() == Long.MAX_VALUE ? null : range.to()),
            dryRun);
        if (json()) {
            print(report);
        } else {
            tell(report);
        }
        return report.path("leftovers").isEmpty() && report.path("selected").asInt() > 0 ? ExitCode.OK
            : ExitCode.DIFFERENT;
    }

    private void tell(JsonNode report) {
        int selected = report.path("selected").asInt();
        if (selected == 0) {
            console().line("nothing to take back: " + workspace + " has no operation "
                + (undoneAuthor == null ? "" : "by " + undoneAuthor + " ")
                + (session == null ? "" : "of session " + session + " ")
                + (versions == null ? "up to version " + report.path("head").asLong()
                    : "in versions " + versions + " (the newest is " + report.path("head").asLong() + ")"));
            return;
        }
        if (report.path("steps").isEmpty()) {
            console().line("nothing to take back: what " + Count.of(selected, "operation") + " did is gone already");
        } else {
            console().line((dryRun ? "would take back " : "took back ") + Count.of(selected, "operation") + " in "
                + Count.of(report.path("steps").size(), "step"));
        }
        for (JsonNode step : report.path("steps")) {
            console().line("  " + step.path("kind").asText() + " " + step.path("path").asText());
        }
        for (JsonNode left : report.path("leftovers")) {
            console().line(style().yellow("left: ") + left.path("path").asText() + " at version "
                + left.path("version").asLong() + ": " + left.path("reason").asText());
        }
    }
}
