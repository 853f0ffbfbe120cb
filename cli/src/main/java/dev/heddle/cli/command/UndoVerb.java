package dev.heddle.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.GatewayClient;
import dev.heddle.cli.history.LoggedOperation;
import dev.heddle.cli.history.TreeEntry;
import dev.heddle.cli.history.UndoPlan;
import dev.heddle.cli.history.UndoPlan.Leftover;
import dev.heddle.cli.history.UndoPlanner;
import dev.heddle.cli.history.UndoStep;
import dev.heddle.cli.render.Progress;
import dev.heddle.engine.text.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heddle undo}. */
@Command(name = "undo", description = {"Take back what an author or a session did, or a range of versions, by new "
    + "operations, and leave everybody else's later work in place.",
    "What cannot be taken back cleanly is listed, and the exit code is then 1."},
    footer = {"", "Example: heddle undo demo --session 7f3c --dry-run", "Example: heddle undo demo --versions 40..52"})
final class UndoVerb extends WriteVerb {

    @Parameters(paramLabel = "WORKSPACE", description = "The workspace's name.")
    private String workspace;

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
    ExitCode run(GatewayClient gateway) {
        if (undoneAuthor == null && session == null && versions == null) {
            throw CliException.usage("undo wants --by, --session or --versions: whose work to take back");
        }
        VersionRange range = versions == null ? VersionRange.ALL : VersionRange.parse(versions);
        UndoPlan plan = plan(gateway, range);
        List<Leftover> leftovers = new ArrayList<>(plan.leftovers());
        if (!dryRun) {
            for (UndoStep step : plan.steps()) {
                perform(gateway, plan.head(), step, leftovers);
            }
        }
        report(plan, leftovers);
        return leftovers.isEmpty() ? ExitCode.OK : ExitCode.DIFFERENT;
    }

    private UndoPlan plan(GatewayClient gateway, VersionRange range) {
        long head = gateway.workspace(workspace).version();
        UndoPlanner planner = new UndoPlanner(operation -> selects(range, operation), new Files(gateway));
        try (Progress progress = new Progress(console(), world.clock(), "reading", head - range.from() + 1)) {
            gateway.operations(workspace, range.from() - 1, operation -> {
                if (operation.version() <= head) {
                    planner.accept(operation);
                    progress.advance(1);
                }
                return operation.version() < head;
            });
        }
        return planner.plan();
    }

    private boolean selects(VersionRange range, LoggedOperation operation) {
        return range.contains(operation.version())
            && (undoneAuthor == null || undoneAuthor.equals(operation.author()))
            && (session == null || operation.session().startsWith(session));
    }

    private void perform(GatewayClient gateway, long head, UndoStep step, List<Leftover> leftovers) {
        try {
            if (step instanceof UndoStep.Edit edit) {
                gateway.patch(workspace, edit.path(), operation(head, edit.changes()));
            } else if (step instanceof UndoStep.Rename rename) {
                gateway.rename(workspace, rename.path(), rename.to());
            } else if (step instanceof UndoStep.Delete delete) {
                gateway.delete(workspace, delete.path());
            } else if (step instanceof UndoStep.Restore restore) {
                gateway.put(workspace, restore.path(), restore.text(), null);
            }
        } catch (CliException error) {
            if (error.exitCode() != ExitCode.REFUSED) {
                throw error;
            }
            leftovers.add(new Leftover(head, step.path(), error.getMessage()));
        }
    }

    private static ObjectNode operation(long base, List<Change> changes) {
        ObjectNode operation = Shapes.object().put("kind", "edit").put("base", base);
        ArrayNode list = operation.putArray("changes");
        changes.forEach(change -> list.addObject().put("at", change.at()).put("delete", change.delete())
            .put("insert", change.insert()));
        return operation;
    }

    private void report(UndoPlan plan, List<Leftover> leftovers) {
        if (json()) {
            ObjectNode answer = Shapes.object().put("head", plan.head()).put("selected", plan.selected())
                .put("dryRun", dryRun);
            ArrayNode steps = answer.putArray("steps");
            plan.steps().forEach(step -> steps.add(step(step)));
            ArrayNode rest = answer.putArray("leftovers");
            leftovers.forEach(left -> rest.addObject().put("version", left.version()).put("path", left.path())
                .put("reason", left.reason()));
            print(answer);
            return;
        }
        console().line((dryRun ? "would take back " : "took back ") + plan.selected() + " operations in "
            + plan.steps().size() + " steps");
        for (UndoStep step : plan.steps()) {
            console().line("  " + step.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT) + " "
                + step.path());
        }
        for (Leftover left : leftovers) {
            console().line(style().yellow("left: ") + left.path() + " at version " + left.version() + ": "
                + left.reason());
        }
    }

    private static ObjectNode step(UndoStep step) {
        ObjectNode node = Shapes.object().put("path", step.path());
        if (step instanceof UndoStep.Edit edit) {
            node.setAll(operation(0, edit.changes()));
            node.remove("base");
        } else if (step instanceof UndoStep.Rename rename) {
            node.put("kind", "rename").put("to", rename.to());
        } else {
            node.put("kind", step instanceof UndoStep.Delete ? "delete" : "create");
        }
        return node;
    }

    @Override
    String workspace() {
        return workspace;
    }

    /** Files of this workspace as of earlier versions. */
    private final class Files implements UndoPlanner.FilesAt {

        private final GatewayClient gateway;

        Files(GatewayClient gateway) {
            this.gateway = gateway;
        }

        @Override
        public String path(String file, long version) {
            return gateway.tree(workspace, OptionalLong.of(version)).stream()
                .filter(entry -> entry.file().equals(file)).map(TreeEntry::path).findFirst()
                .orElseThrow(() -> new CliException(ExitCode.REFUSED, "UNKNOWN_FILE", "file " + file
                    + " is not in the tree of version " + version, null));
        }

        @Override
        public String text(String path, long version) {
            return gateway.file(workspace, path, OptionalLong.of(version)).text();
        }
    }
}
