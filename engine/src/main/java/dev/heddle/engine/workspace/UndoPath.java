package dev.heddle.engine.workspace;

import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.CodePoints;
import dev.heddle.engine.text.Side;
import dev.heddle.engine.text.TextOperation;
import dev.heddle.engine.text.TextOperations;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The edits of one file from one version to another, with those left out that were taken back on the way: an edit and
 * its undo together lead nowhere, and what others did between them is moved past both.
 */
final class UndoPath {

    private static final class Step {
        private long version;
        private TextOperation edit;
        private TextOperation inverse;
    }

    private final List<Step> steps = new ArrayList<>();

    /** The edits of a file among operations in order; {@code lengthNow} is its length after the last of them. */
    static Deque<TextOperation> edits(String file, List<CanonicalOperation> operations, int lengthNow) {
        Deque<TextOperation> edits = new ArrayDeque<>();
        int length = lengthNow;
        for (int index = operations.size() - 1; index >= 0; index--) {
            CanonicalOperation operation = operations.get(index);
            if (file.equals(operation.file()) && operation.operation() instanceof Operation.Edit edit) {
                int growth = edit.changes().stream()
                    .mapToInt(change -> CodePoints.count(change.insert()) - change.delete()).sum();
                TextOperation text = Changes.toOperation(edit.changes(), length - growth);
                length = text.baseLength();
                edits.addFirst(text);
            }
        }
        return edits;
    }

    /** Goes on by one edit. */
    void add(CanonicalOperation operation, TextOperation edit) {
        Step step = new Step();
        step.version = operation.version();
        step.edit = edit;
        step.inverse = Undo.inverse(operation, edit.targetLength());
        steps.add(step);
    }

    /** Goes on by an edit that is said to take an earlier one back; by a plain one if it does not quite. */
    void addUndo(CanonicalOperation operation, TextOperation edit, long undoneVersion) {
        int index = 0;
        while (index < steps.size() && steps.get(index).version != undoneVersion) {
            index++;
        }
        if (index == steps.size() || !cancel(index, edit)) {
            add(operation, edit);
        }
    }

    private boolean cancel(int undone, TextOperation undo) {
        TextOperation back = steps.get(undone).inverse;
        List<Step> moved = new ArrayList<>();
        for (Step between : steps.subList(undone + 1, steps.size())) {
            Step step = new Step();
            step.version = between.version;
            step.edit = TextOperations.transform(between.edit, back, Side.RIGHT);
            back = TextOperations.transform(back, between.edit, Side.LEFT);
            step.inverse = TextOperations.transform(between.inverse, back, Side.RIGHT);
            moved.add(step);
        }
        if (!back.equals(undo)) {
            return false;
        }
        steps.subList(undone, steps.size()).clear();
        steps.addAll(moved);
        return true;
    }

    /** What takes back the edit right before the path, brought to where it ends; nothing where a step did just that. */
    TextOperation takeBack(TextOperation inverse) {
        TextOperation edit = inverse;
        for (Step step : steps) {
            edit = edit.equals(step.edit) ? TextOperation.noop(edit.targetLength())
                : TextOperations.transform(edit, step.edit, Side.LEFT);
        }
        return edit;
    }
}
