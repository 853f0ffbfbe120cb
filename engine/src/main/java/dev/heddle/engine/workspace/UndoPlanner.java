package dev.heddle.engine.workspace;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.text.TextOperation;
import dev.heddle.engine.workspace.UndoPlan.Leftover;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Plans how to take back some operations and leave everybody else's work in place: "everything session S did". Pure
 * but for the file texts and paths it asks for. One thread; used once.
 */
public final class UndoPlanner {

    private final FilesAt files;
    private final Map<String, History> histories = new LinkedHashMap<>();
    private final List<Leftover> leftovers = new ArrayList<>();
    private int selected;
    private long head;

    /**
     * A planner that has seen nothing.
     *
     * @param files files as of earlier versions
     */
    public UndoPlanner(FilesAt files) {
        this.files = Objects.requireNonNull(files, "files");
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
         * @param file    the file's id
         * @param version the version
         */
        Text text(String file, long version);
    }

    /** A file since the first of its operations that is taken back. */
    private static final class History {
        private final String file;
        private String path;
        private String pathWithout;
        private FileUndo text;
        private boolean createdBySelection;
        private boolean keptByOthers;
        private long deletedAt;
        private String deletedBy;
        private boolean deletedBySelection;

        History(String file) {
            this.file = file;
        }
    }

    /**
     * Takes the next operation, in version order.
     *
     * @param operation the operation
     * @param takeBack  whether it is to be taken back
     */
    public void accept(Committed operation, boolean takeBack) {
        head = operation.version();
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
            history.deletedAt = operation.version();
            history.deletedBy = operation.author();
            history.deletedBySelection = takeBack;
        }
    }

    /**
     * What the planner needs of a committed operation.
     *
     * @param version   its version
     * @param file      the file's id, or null for a noop
     * @param author    the writer's name
     * @param operation what was done, changes with their deleted text
     */
    public record Committed(long version, String file, String author, Operation operation) {
        /** Checks that the required parts are there. */
        public Committed {
            Objects.requireNonNull(author, "author");
            Objects.requireNonNull(operation, "operation");
        }
    }

    private History begin(Committed operation) {
        History history = new History(operation.file());
        if (operation.operation() instanceof Operation.Create create) {
            history.path = create.path();
            history.createdBySelection = true;
            history.text = new FileUndo(0);
            history.text.takeBack(List.of(new Change(0, 0, create.text(), "")));
        } else {
            long before = operation.version() - 1;
            history.path = files.path(operation.file(), before);
            history.text = new FileUndo(files.text(operation.file(), before).lengthCodePoints());
        }
        history.pathWithout = history.path;
        return history;
    }

    private void edit(History history, Committed operation, List<Change> changes, boolean takeBack) {
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
        List<UndoStep> edits = new ArrayList<>();
        List<UndoStep> deletes = new ArrayList<>();
        List<UndoStep> moves = new ArrayList<>();
        for (History history : histories.values()) {
            TextOperation back = history.text.bridge();
            if (history.deletedAt > 0) {
                planDeleted(history, back, moves);
            } else if (history.createdBySelection && !history.keptByOthers) {
                deletes.add(new UndoStep.Delete(history.file, history.path));
            } else {
                if (history.createdBySelection) {
                    leftovers.add(new Leftover(head, history.path, "others changed this file since it was created; "
                        + "it stays"));
                }
                if (!back.isNoop()) {
                    edits.add(new UndoStep.Edit(history.file, history.path, Changes.toChanges(back, null)));
                }
                if (!history.path.equals(history.pathWithout)) {
                    moves.add(new UndoStep.Rename(history.file, history.path, history.pathWithout));
                }
            }
        }
        // What is deleted makes room for what gets its path back.
        edits.addAll(deletes);
        edits.addAll(moves);
        return new UndoPlan(head, selected, edits, leftovers);
    }

    private void planDeleted(History history, TextOperation back, List<UndoStep> moves) {
        if (!history.deletedBySelection) {
            if (!back.isNoop() && !history.createdBySelection) {
                leftovers.add(new Leftover(history.deletedAt, history.path, history.deletedBy
                    + " deleted the file since; nothing is left to take back in it"));
            }
        } else if (!history.createdBySelection || history.keptByOthers) {
            Text text = files.text(history.file, history.deletedAt - 1).apply(back);
            moves.add(new UndoStep.Restore(history.pathWithout, text.toString()));
        }
    }
}
