package dev.heddle.engine.workspace;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.RejectionException;
import dev.heddle.engine.text.CodePoints;

/** Refuses a submission that is larger than a limit before anything is worked out for it. */
final class Sizes {

    private Sizes() {
    }

    static void check(Submission submission, Limits limits) {
        String author = submission.author();
        if (author != null) {
            CodePoints.requireWellFormed(author, "author's name");
            require(CodePoints.count(author), limits.authorCodePointsMax(), "author's name");
        }
        Operation operation = submission.operation();
        if (operation instanceof Operation.Edit edit) {
            if (edit.changes().size() > limits.changesMax()) {
                throw new RejectionException(RejectionCode.TOO_LARGE, "edit of " + edit.changes().size()
                    + " changes (expected: at most " + limits.changesMax() + ")");
            }
            long inserted = 0;
            for (int index = 0; index < edit.changes().size(); index++) {
                inserted += CodePoints.count(edit.changes().get(index).insert());
            }
            require(inserted, limits.operationCodePointsMax(), "inserted text");
        } else if (operation instanceof Operation.Replace replace) {
            require(CodePoints.count(replace.anchor().find()), limits.operationCodePointsMax(), "text to find");
            require(CodePoints.count(replace.anchor().with()), limits.operationCodePointsMax(), "inserted text");
        } else if (operation instanceof Operation.Create create) {
            require(CodePoints.count(create.text()), limits.operationCodePointsMax(), "text of the new file");
        }
    }

    static void require(long length, long max, String what) {
        require(length, max, what, "");
    }

    /** Refuses what is too long; what and name are put together only then. */
    static void require(long length, long max, String what, String name) {
        if (length > max) {
            throw new RejectionException(RejectionCode.TOO_LARGE, what + name + " has " + length
                + " code points (expected: at most " + max + ")");
        }
    }
}
