package dev.heddle.engine.text;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.RejectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Turns changes, the form clients see, into operations, the form of the algebra, and back, without loss. */
public final class Changes {

    private Changes() {
    }

    /**
     * {@return the operation that the changes describe}
     *
     * @param changes    ascending, not overlapping, all in the base text; never null
     * @param baseLength length of the base text, in code points
     * @throws RejectionException {@code OUT_OF_RANGE}, {@code BAD_REQUEST} (not ascending, negative) or
     *                            {@code TEXT_MALFORMED}
     */
    public static TextOperation toOperation(List<Change> changes, int baseLength) {
        return toOperation(changes, baseLength, () -> "text of length " + baseLength);
    }

    /**
     * {@return the operation that the changes describe}
     *
     * @param changes    ascending, not overlapping, all in the base text; never null
     * @param baseLength length of the base text, in code points
     * @param subject    names the text in a message, as in {@code file src/a.rs of length 10 at version 41}
     * @throws RejectionException {@code OUT_OF_RANGE}, {@code BAD_REQUEST} (not ascending, negative) or
     *                            {@code TEXT_MALFORMED}
     */
    public static TextOperation toOperation(List<Change> changes, int baseLength, Supplier<String> subject) {
        if (changes.size() == 1) {
            Change only = checked(changes.get(0), 0, 0, baseLength, subject);
            return TextOperation.ofChange(only.at(), only.delete(), only.insert(), baseLength);
        }
        TextOperation.Builder operation = TextOperation.on(baseLength);
        int reach = 0;
        for (int index = 0; index < changes.size(); index++) {
            Change change = checked(changes.get(index), index, reach, baseLength, subject);
            operation.retain(change.at() - reach).delete(change.delete()).insertChecked(change.insert());
            reach = change.at() + change.delete();
        }
        return operation.build();
    }

    private static Change checked(Change change, int index, int reach, int baseLength, Supplier<String> subject) {
        checkRange(change, index, reach, baseLength, subject);
        if (!CodePoints.wellFormed(change.insert())) {
            CodePoints.requireWellFormed(change.insert(), "inserted text of change " + index);
        }
        return change;
    }

    private static void checkRange(Change change, int index, int reach, int baseLength, Supplier<String> subject) {
        int at = change.at();
        if (at < 0 || change.delete() < 0) {
            throw new RejectionException(RejectionCode.BAD_REQUEST, "change " + index + " has position " + at
                + " and delete " + change.delete() + " (expected: neither negative)");
        }
        if (at > baseLength) {
            throw new RejectionException(RejectionCode.OUT_OF_RANGE,
                "position " + at + " is outside " + subject.get());
        }
        if (change.delete() > baseLength - at) {
            throw new RejectionException(RejectionCode.OUT_OF_RANGE, "delete of " + change.delete() + " at position "
                + at + " reaches outside " + subject.get());
        }
        if (at < reach) {
            throw new RejectionException(RejectionCode.BAD_REQUEST, "change " + index + " at position " + at
                + " starts before position " + reach
                + ", the end of the change before it (expected: ascending changes)");
        }
    }

    /**
     * {@return the changes an operation consists of; each is a delete, then an insert, at one place}
     *
     * @param operation the operation, never null
     * @param base      the text it stands on, from which the deleted texts are taken; null to leave them out
     * @throws IllegalArgumentException if the operation does not stand on a text of the base's length
     */
    public static List<Change> toChanges(TextOperation operation, Text base) {
        if (base != null) {
            TextOperations.requireBase(operation, base.lengthCodePoints());
        }
        Skeleton skeleton = operation.skeleton();
        if (skeleton.isOneChange()) {
            return List.of(change(skeleton.firstChangeAt(), skeleton.deletedLength(), operation.inserted(), base));
        }
        ChangeCursor cursor = new ChangeCursor(operation);
        List<Change> changes = new ArrayList<>(1 + skeleton.size() / 2);
        while (cursor.next()) {
            changes.add(change(cursor.at, cursor.delete, cursor.insert(), base));
        }
        return changes;
    }

    private static Change change(int at, int delete, String insert, Text base) {
        String deleted = base == null ? null : base.substring(at, at + delete);
        return new Change(at, delete, insert, deleted);
    }
}
