package dev.heddle.engine.workspace;

import dev.heddle.engine.text.Change;

/**
 * A 64-bit fingerprint of what was submitted, to tell a repeat from another use of the same number. The author's name
 * is left out, as a gateway may have learned it between two sends. It guards against mistakes, not against malice: a
 * writer who makes two of them collide only gets the first answer twice.
 */
final class Fingerprint {

    private static final long FIRST = 0x9E3779B97F4A7C15L;
    private static final long SECOND = 0xC2B2AE3D27D4EB4FL;

    private long value = SECOND;

    static long of(Submission submission) {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(submission.base()).add(submission.after() == null ? -1 : submission.after());
        fingerprint.add(submission.operation());
        long value = fingerprint.value;
        value = (value ^ value >>> 32) * FIRST;
        return value ^ value >>> 29;
    }

    private Fingerprint add(long part) {
        value = Long.rotateLeft(value ^ part * FIRST, 27) * SECOND + 0x52DCE729;
        return this;
    }

    private Fingerprint add(String text) {
        if (text == null) {
            return add(-1);
        }
        add(text.length());
        for (int index = 0; index < text.length(); index++) {
            value = (value ^ text.charAt(index)) * FIRST;
            value ^= value >>> 31;
        }
        return this;
    }

    private void add(FileReference target) {
        // Ids and paths are short and mostly the same objects again, which know their hash.
        String name = target.file() != null ? target.file() : target.path();
        add(target.file() != null ? 1 : 2).add(name.length()).add(name.hashCode());
    }

    private void add(Operation operation) {
        if (operation instanceof Operation.Edit edit) {
            add(1).add(edit.target());
            for (int index = 0; index < edit.changes().size(); index++) {
                Change change = edit.changes().get(index);
                add(change.at()).add(change.delete()).add(change.insert());
            }
        } else if (operation instanceof Operation.Replace replace) {
            add(2).add(replace.target());
            add(replace.anchor().find()).add(replace.anchor().with()).add(replace.anchor().occurrence().name());
        } else if (operation instanceof Operation.Create create) {
            add(3).add(create.path()).add(create.text()).add(create.file());
        } else if (operation instanceof Operation.Rename rename) {
            add(4).add(rename.target());
            add(rename.to());
        } else if (operation instanceof Operation.Delete delete) {
            add(5).add(delete.target());
        } else {
            add(6);
        }
    }
}
