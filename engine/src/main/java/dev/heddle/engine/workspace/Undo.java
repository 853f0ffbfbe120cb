package dev.heddle.engine.workspace;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.CodePoints;
import dev.heddle.engine.text.TextOperation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Takes back what was committed: the inverse of an operation as it was applied, an operation to submit like any other.
 *
 * <p>It removes only what the operation put in and restores only what it took out: where two writers deleted the same
 * text, the second one's committed operation took nothing out, and taking it back restores nothing. Undoing an undo
 * is a redo.
 */
public final class Undo {

    /** Stands in sessions made for an undo, and in no other: the third group of a UUID of version 8. */
    private static final String SESSION_MARK = "-8ced-";
    private static final int SESSION_MARK_AT = 13;

    private Undo() {
    }

    /**
     * {@return the operation that takes {@code committed} back, to be submitted with its version as base}
     *
     * <p>Enough for one operation, or where nothing newer was taken back since; else see {@link #edit}.
     *
     * @param committed the operation as committed, never null
     * @param before    its file as of the version before; needed for a rename (the path) and a delete (path and text),
     *                  ignored otherwise
     */
    public static Operation of(CanonicalOperation committed, FileImage before) {
        Operation operation = committed.operation();
        if (operation instanceof Operation.Edit edit) {
            return new Operation.Edit(edit.target(), inverse(edit.changes()));
        }
        if (operation instanceof Operation.Create) {
            return new Operation.Delete(FileReference.ofFile(committed.file()));
        }
        if (operation instanceof Operation.Rename) {
            return new Operation.Rename(FileReference.ofFile(committed.file()),
                Objects.requireNonNull(before, "before").path());
        }
        if (operation instanceof Operation.Delete) {
            // An id is never used twice, so what comes back is a new file.
            Objects.requireNonNull(before, "before");
            return new Operation.Create(before.path(), before.text().toString(), null);
        }
        return new Operation.Noop();
    }

    /**
     * {@return the edit that takes {@code committed} back, to be submitted with the newest version of {@code later} as
     * base}
     *
     * <p>Operations that were taken back since, and what took them back, are passed over together, so that text which
     * was restored counts as the text it was: typing, deleting and taking back both leaves nothing. Where somebody did
     * since exactly what would take {@code committed} back, nothing is left to do: the edit is empty.
     *
     * @param committed the edit as committed, never null
     * @param later     all operations of the workspace after it, in order, up to some version; never null, may be empty
     * @param undone    for the version of each operation that took one back, the version of what it took back
     *                  ({@link #undone})
     * @param lengthNow length of the file's text after the last of {@code later}, in code points
     * @throws IllegalArgumentException if {@code committed} is not an edit
     */
    public static Operation.Edit edit(CanonicalOperation committed, List<CanonicalOperation> later,
                                      Map<Long, Long> undone, int lengthNow) {
        Deque<TextOperation> edits = UndoPath.edits(committed.file(), later, lengthNow);
        int length = edits.isEmpty() ? lengthNow : edits.peekFirst().baseLength();
        TextOperation inverse = inverse(committed, length);
        UndoPath path = new UndoPath();
        for (CanonicalOperation operation : later) {
            boolean same = committed.file().equals(operation.file()) && operation.operation() instanceof Operation.Edit;
            if (same && undone.containsKey(operation.version())) {
                path.addUndo(operation, edits.removeFirst(), undone.get(operation.version()));
            } else if (same) {
                path.add(operation, edits.removeFirst());
            }
        }
        return new Operation.Edit(FileReference.ofFile(committed.file()),
            Changes.toChanges(path.takeBack(inverse), null));
    }

    /**
     * {@return for the version of each edit that took an earlier one back, and was not taken back itself, the version
     * of what it took back}
     *
     * <p>The log tells by itself: an operation takes back the one for which its session was made ({@link #session}).
     *
     * @param later committed operations in order; never null, may be empty
     */
    public static Map<Long, Long> undone(List<CanonicalOperation> later) {
        Map<Long, Long> undone = new HashMap<>();
        Set<Long> takenBack = new HashSet<>();
        for (int index = later.size() - 1; index >= 0; index--) {
            CanonicalOperation operation = later.get(index);
            boolean effective = operation.operation() instanceof Operation.Edit edit && !edit.changes().isEmpty()
                && !takenBack.contains(operation.version());
            String session = operation.session();
            if (effective && operation.seq() == 1 && session.startsWith(SESSION_MARK, SESSION_MARK_AT)) {
                long version = Long.parseLong(session.substring(0, SESSION_MARK_AT).replace("-", ""), 16);
                undone.put(operation.version(), version);
                takenBack.add(version);
            }
        }
        return undone;
    }

    /**
     * {@return the id of the session under whose number 1 an operation is taken back, so that the log tells: a UUID of
     * version 8 (RFC 9562) that begins with the version of what is taken back}
     *
     * <p>The same for the same undo asked for twice at the same head, which is then committed once.
     *
     * @param workspace name of the workspace
     * @param version   version of what is taken back
     * @param base      base of the operation that takes it back
     */
    public static String session(String workspace, long version, long base) {
        byte[] name = ("undo " + workspace + " " + version + " " + base).getBytes(StandardCharsets.UTF_8);
        String rest = UUID.nameUUIDFromBytes(name).toString().substring(SESSION_MARK_AT + SESSION_MARK.length());
        String digits = String.format("%012x", version);
        return digits.substring(0, 8) + "-" + digits.substring(8) + SESSION_MARK + rest;
    }

    /** The inverse of a committed edit, on a text of the length it led to. */
    static TextOperation inverse(CanonicalOperation committed, int length) {
        if (!(committed.operation() instanceof Operation.Edit edit)) {
            throw new IllegalArgumentException("version " + committed.version() + " is "
                + committed.operation().getClass().getSimpleName() + " (expected: Edit)");
        }
        return Changes.toOperation(inverse(edit.changes()), length);
    }

    /**
     * {@return the changes that take committed changes back, on the text they led to}
     *
     * @param changes as committed, with their deleted text; never null
     */
    public static List<Change> inverse(List<Change> changes) {
        List<Change> inverse = new ArrayList<>(changes.size());
        int shift = 0;
        for (Change change : changes) {
            int at = change.at() + shift;
            int inserted = CodePoints.count(change.insert());
            if (change.delete() > 0) {
                inverse.add(new Change(at, 0, Objects.requireNonNull(change.deleted(), "deleted")));
            }
            if (inserted > 0) {
                inverse.add(new Change(at, inserted, ""));
            }
            shift += inserted - change.delete();
        }
        return inverse;
    }
}
