package dev.heddle.cli.log;

import dev.heddle.editing.UndoSelection;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.UndoPlan;
import dev.heddle.engine.workspace.UndoPlanner;
import dev.heddle.engine.workspace.WorkspaceImage;
import java.util.HashMap;
import java.util.Map;

/** Plans over a raw log how to take some of its operations back. One thread; used once. */
final class LogUndo implements UndoPlanner.FilesAt {

    private final UndoSelection selection;
    /** The workspace right before the operation that is looked at. */
    private final WorkspaceImage before;
    private final Map<String, Text> textsOfDeleted = new HashMap<>();
    private final UndoPlanner planner = new UndoPlanner(this);

    /**
     * A plan of nothing yet.
     *
     * @param workspace the workspace's name
     * @param selection which operations to take back
     */
    LogUndo(String workspace, UndoSelection selection) {
        this.selection = selection;
        before = WorkspaceImage.empty(workspace);
    }

    /** Takes the next operation of the log; true, as every one counts. */
    boolean accept(CanonicalOperation operation) {
        planner.accept(new UndoPlanner.Committed(operation.version(), operation.file(), operation.author(),
            operation.operation()), selection.selects(operation.version(), operation.author(), operation.session()));
        if (operation.operation() instanceof Operation.Delete) {
            textsOfDeleted.put(operation.file(), before.file(operation.file()).orElseThrow().text());
        }
        before.replay(operation);
        return true;
    }

    UndoPlan plan() {
        UndoPlan plan = planner.plan();
        return new UndoPlan(before.version(), plan.selected(), plan.steps(), plan.leftovers());
    }

    @Override
    public String path(String file, long version) {
        return before.file(file).orElseThrow().path();
    }

    @Override
    public Text text(String file, long version) {
        return version == before.version() ? before.file(file).orElseThrow().text() : textsOfDeleted.get(file);
    }
}
