package dev.heddle.engine.workspace;

import dev.heddle.engine.text.Change;
import java.util.List;

/**
 * A 64-bit fingerprint of what was submitted, to tell a repeat from another use of the same number. The author's name
 * is left out, as a gateway may have learned it between two sends. It guards against mistakes, not against malice: a
 * writer who makes two of them collide only gets the first answer twice.
 */
final class Fingerprint {

    private static final long FIRST = 0x9E3779B97F4A7C15L;
    private static final long SECOND = 0xC2B2AE3D27D4EB4FL;

    private Fingerprint() {
    }

    static long of(Submission submission) {
        long value = add(SECOND, submission.base());
        value = add(value, submission.after() == null ? -1 : submission.after());
        value = add(value, submission.operation());
        value = (value ^ value >>> 32) * FIRST;
        return value ^ value >>> 29;
    }

    private static long add(long value, long part) {
        return Long.rotateLeft(value ^ part * FIRST, 27) * SECOND + 0x52DCE729;
    }

    private static long add(long before, String text) {
        if (text == null) {
            return add(before, -1);
        }
        long value = add(before, text.length());
        for (int index = 0; index < text.length(); index++) {
            value = (value ^ text.charAt(index)) * FIRST;
            value ^= value >>> 31;
        }
        return value;
    }

    private static long add(long value, FileReference target) {
        // Ids and paths are short and mostly the same objects again, which know their hash.
        String name = target.file() != null ? target.file() : target.path();
        return add(add(add(value, target.file() != null ? 1 : 2), name.length()), name.hashCode());
    }

    private static long add(long value, Operation operation) {
        if (operation instanceof Operation.Edit edit) {
            return add(add(add(value, 1), edit.target()), edit.changes());
        } else if (operation instanceof Operation.Replace replace) {
            return add(add(add(value, 2), replace.target()), replace.anchor());
        } else if (operation instanceof Operation.Create create) {
            return add(add(add(add(value, 3), create.path()), create.text()), create.file());
        } else if (operation instanceof Operation.Rename rename) {
            return add(add(add(value, 4), rename.target()), rename.to());
        } else if (operation instanceof Operation.Delete delete) {
            return add(add(value, 5), delete.target());
        }
        return add(value, 6);
    }

    private static long add(long before, List<Change> changes) {
        long value = before;
        for (int index = 0; index < changes.size(); index++) {
            Change change = changes.get(index);
            value = add(add(add(value, change.at()), change.delete()), change.insert());
        }
        return value;
    }

    private static long add(long value, Anchor anchor) {
        return add(add(add(value, anchor.find()), anchor.with()), anchor.occurrence().name());
    }
}
