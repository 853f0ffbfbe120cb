package dev.heddle.snapshotter.fold;

import dev.heddle.engine.RejectionException;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.Origin;
import dev.heddle.engine.workspace.TextRuns;
import java.util.ArrayList;
import java.util.List;

/** The fold of one file, forwards and backwards. Pure functions; any thread. */
public final class FileFold {

    private FileFold() {
    }

    /**
     * {@return the file after an operation on it}
     *
     * @param before    the file before, or null where it did not exist
     * @param operation an operation on this file, the next one after {@code before}
     * @throws FoldException where the operation does not fit
     */
    public static FileState forwards(FileState before, CanonicalOperation operation) {
        Operation done = operation.operation();
        if (done instanceof Operation.Create create) {
            Text text = Text.of(create.text());
            return new FileState(operation.file(), create.path(), false, operation.version(), text,
                TextRuns.of(text.lengthCodePoints(), Origin.of(operation)));
        }
        if (before == null || before.deleted()) {
            throw new FoldException("workspace " + operation.workspace() + ": version " + operation.version()
                + " changes file " + operation.file() + ", which "
                + (before == null ? "does not exist" : "is deleted"));
        }
        if (done instanceof Operation.Edit edit) {
            Text text = apply(before.text(), edit.changes(), operation);
            TextRuns runs = before.runs() == null ? null
                : before.runs().apply(edit.changes(), Origin.of(operation));
            return new FileState(before.file(), before.path(), false, operation.version(), text, runs);
        }
        if (done instanceof Operation.Rename rename) {
            return new FileState(before.file(), rename.to(), false, operation.version(), before.text(), before.runs());
        }
        if (done instanceof Operation.Delete) {
            return new FileState(before.file(), before.path(), true, operation.version(), before.text(),
                before.runs());
        }
        throw new FoldException("workspace " + operation.workspace() + ": version " + operation.version()
            + " is a " + done.getClass().getSimpleName() + " (expected: an operation on a file)");
    }

    /**
     * {@return the text after an operation on its file; the same where the operation leaves texts alone}
     *
     * @param before    the text before; ignored by a create
     * @param operation an operation on the text's file
     * @throws FoldException where the operation does not fit
     */
    public static Text forwards(Text before, CanonicalOperation operation) {
        if (operation.operation() instanceof Operation.Create create) {
            return Text.of(create.text());
        }
        return operation.operation() instanceof Operation.Edit edit ? apply(before, edit.changes(), operation) : before;
    }

    /**
     * {@return who wrote the text after an operation on its file; the same where the operation leaves texts alone}
     *
     * @param before    who wrote the text before; ignored by a create
     * @param operation an operation on the text's file
     */
    public static TextRuns forwards(TextRuns before, CanonicalOperation operation) {
        if (operation.operation() instanceof Operation.Create) {
            return TextRuns.of(growth(operation), Origin.of(operation));
        }
        return operation.operation() instanceof Operation.Edit edit
            ? before.apply(edit.changes(), Origin.of(operation)) : before;
    }

    /**
     * {@return the text before an operation on its file; the same where the operation leaves texts alone}
     *
     * @param after     the text after
     * @param operation an edit, rename or delete of the text's file
     * @throws FoldException where the operation does not fit, or does not carry what it deleted
     */
    public static Text backwards(Text after, CanonicalOperation operation) {
        return operation.operation() instanceof Operation.Edit edit
            ? apply(after, inverse(edit.changes(), operation), operation) : after;
    }

    /**
     * {@return by how many code points an operation lengthens its file's text, negative where it shortens it}
     *
     * @param operation a create or an edit; 0 for anything else
     */
    public static int growth(CanonicalOperation operation) {
        if (operation.operation() instanceof Operation.Create create) {
            return create.text().codePointCount(0, create.text().length());
        }
        if (operation.operation() instanceof Operation.Edit edit) {
            return edit.changes().stream().mapToInt(change -> inserted(change) - change.delete()).sum();
        }
        return 0;
    }

    static int inserted(Change change) {
        return change.insert().codePointCount(0, change.insert().length());
    }

    private static List<Change> inverse(List<Change> changes, CanonicalOperation operation) {
        List<Change> inverse = new ArrayList<>(changes.size());
        int shift = 0;
        for (Change change : changes) {
            if (change.delete() > 0 && change.deleted() == null) {
                throw new FoldException("workspace " + operation.workspace() + ": version " + operation.version()
                    + " does not carry the text it deleted at " + change.at());
            }
            int inserted = inserted(change);
            inverse.add(new Change(change.at() + shift, inserted, change.delete() == 0 ? "" : change.deleted()));
            shift += inserted - change.delete();
        }
        return inverse;
    }

    private static Text apply(Text text, List<Change> changes, CanonicalOperation operation) {
        try {
            for (Change change : changes) {
                checkDeleted(text, change, operation);
            }
            return changes.isEmpty() ? text : text.apply(Changes.toOperation(changes, text.lengthCodePoints()));
        } catch (RejectionException | IndexOutOfBoundsException | IllegalArgumentException misfit) {
            throw new FoldException("workspace " + operation.workspace() + ": version " + operation.version()
                + " does not fit file " + operation.file() + ": " + misfit.getMessage(), misfit);
        }
    }

    /** What an operation says it deleted must have been there: so a text that went wrong does not go on unnoticed. */
    private static void checkDeleted(Text text, Change change, CanonicalOperation operation) {
        int end = change.at() + change.delete();
        boolean inside = change.delete() > 0 && change.at() >= 0 && end <= text.lengthCodePoints();
        if (inside && change.deleted() != null && !text.substring(change.at(), end).equals(change.deleted())) {
            throw new FoldException("workspace " + operation.workspace() + ": version " + operation.version()
                + " deletes other text at " + change.at() + " of file " + operation.file() + " than is there");
        }
    }
}
