package dev.heddle.cli.history;

import dev.heddle.cli.history.UndoPlan.Leftover;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.text.TextOperation;
import dev.heddle.engine.workspace.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Plans how to take back some operations and leave everybody else's work in place: "everything session S did". Pure
 * but for the file texts and paths it asks for. One thread; used once.
 */
public final class UndoPlanner {

    private final Predicate<LoggedOperation> selection;
    private final FilesAt files;
    private final Map<String, History> histories = new LinkedHashMap<>();
    private final List<Leftover> leftovers = new ArrayList<>();
    private int selected;
    private long head;

    /**
     * A planner that has seen nothing.
     *
     * @param selection which operations to take back
     * @param files     files as of earlier versions
     */
    public UndoPlanner(Predicate<LoggedOperation> selection, FilesAt files) {
        this.selection = selection;
        this.files = files;
    }

    /** Files as of a version, asked for at most once per file that the selection touches. */
    public interface FilesAt {
        /**
         * {@return a file's path as of a version}
         *
         * @param file    the file's id
         * @param version the version
         */
        String path(String file, long version);

        /**
         * {@return a file's text as of a version}
         *
         * @param path    its path as of that version
         * @param version the version
         */
        String text(String path, long version);
    }

    /** A file since the first of its operations that is taken back. */
    private static final class History {
        private String path;
        private String pathWithout;
        private FileUndo text;
        private boolean createdBySelection;
        private boolean keptByOthers;
        private LoggedOperation deletion;
        private boolean deletedBySelection;
    }

    /**
     * Takes the next operation, in version order.
     *
     * @param operation the operation
     */
    public void accept(LoggedOperation operation) {
        head = operation.version();
        boolean takeBack = selection.test(operation);
        selected += takeBack ? 1 : 0;
        if (operation.file() == null || !takeBack && !histories.containsKey(operation.file())) {
            return;
        }
        History history = histories.computeIfAbsent(operation.file(), file -> begin(operation));
        if (operation.operation() instanceof Operation.Edit edit) {
            edit(history, operation, edit.changes(), takeBack);
        } else if (operation.operation() instanceof Operation.Rename rename) {
            history.path = rename.to();
            history.pathWithout = takeBack ? history.pathWithout : rename.to();
            history.keptByOthers |= !takeBack;
        } else if (operation.operation() instanceof Operation.Delete) {
            history.deletion = operation;
            history.deletedBySelection = takeBack;
        }
    }

    private History begin(LoggedOperation operation) {
        History history = new History();
        if (operation.operation() instanceof Operation.Create create) {
            history.path = create.path();
            history.createdBySelection = true;
            history.text = new FileUndo(0);
            history.text.takeBack(List.of(new Change(0, 0, create.text(), "")));
        } else {
            long before = operation.version() - 1;
            history.path = files.path(operation.file(), before);
            history.text = new FileUndo(Text.of(files.text(history.path, before)).lengthCodePoints());
        }
        history.pathWithout = history.path;
        return history;
    }

    private void edit(History history, LoggedOperation operation, List<Change> changes, boolean takeBack) {
        if (takeBack) {
            history.text.takeBack(changes);
            return;
        }
        history.keptByOthers |= !changes.isEmpty();
        if (history.text.keep(changes)) {
            leftovers.add(new Leftover(operation.version(), history.path, operation.author()
                + " changed text that is taken back; their words stay, what they removed cannot be removed again"));
        }
    }

    /** {@return the plan for the operations accepted so far} */
    public UndoPlan plan() {
        List<UndoStep> steps = new ArrayList<>();
        List<UndoStep> moves = new ArrayList<>();
        for (History history : histories.values()) {
            TextOperation back = history.text.bridge();
            if (history.deletion != null) {
                planDeleted(history, back, moves);
            } else if (history.createdBySelection && !history.keptByOthers) {
                moves.add(new UndoStep.Delete(history.path));
            } else {
                if (history.createdBySelection) {
                    leftovers.add(new Leftover(head, history.path, "others changed this file since it was created; "
                        + "it stays"));
                }
                if (!back.isNoop()) {
                    steps.add(new UndoStep.Edit(history.path, Changes.toChanges(back, null)));
                }
                if (!history.path.equals(history.pathWithout)) {
                    moves.add(new UndoStep.Rename(history.path, history.pathWithout));
                }
            }
        }
        steps.addAll(moves);
        return new UndoPlan(head, selected, steps, leftovers);
    }

    private void planDeleted(History history, TextOperation back, List<UndoStep> moves) {
        if (!history.deletedBySelection) {
            if (!back.isNoop() && !history.createdBySelection) {
                leftovers.add(new Leftover(history.deletion.version(), history.path, history.deletion.author()
                    + " deleted the file since; nothing is left to take back in it"));
            }
        } else if (!history.createdBySelection || history.keptByOthers) {
            Text text = Text.of(files.text(history.path, history.deletion.version() - 1)).apply(back);
            moves.add(new UndoStep.Restore(history.pathWithout, text.toString()));
        }
    }
}
