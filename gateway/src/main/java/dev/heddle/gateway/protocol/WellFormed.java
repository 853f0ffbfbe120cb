package dev.heddle.gateway.protocol;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.CodePoints;
import dev.heddle.engine.workspace.Operation;

/**
 * Refuses text that is not well-formed Unicode before it is encoded: an encoder would put a question mark in the place
 * of a lone surrogate, and the log would hold what nobody wrote.
 */
public final class WellFormed {

    private WellFormed() {
    }

    /**
     * Checks one text.
     *
     * @param what names the text in the error
     * @param text the text, or null which is well-formed
     * @throws ProtocolException {@code TEXT_MALFORMED} if it holds a lone surrogate
     */
    public static void check(String what, String text) throws ProtocolException {
        if (text != null && !CodePoints.wellFormed(text)) {
            throw new ProtocolException(RejectionCode.TEXT_MALFORMED, what
                + ": holds a lone surrogate (expected: well-formed Unicode)");
        }
    }

    /**
     * Checks every text of an operation.
     *
     * @param operation the operation as submitted
     * @throws ProtocolException {@code TEXT_MALFORMED} if one holds a lone surrogate
     */
    public static void check(Operation operation) throws ProtocolException {
        if (operation instanceof Operation.Edit edit) {
            check("path", edit.target().path());
            for (Change change : edit.changes()) {
                check("insert", change.insert());
            }
        } else if (operation instanceof Operation.Replace replace) {
            check("path", replace.target().path());
            check("find", replace.anchor().find());
            check("with", replace.anchor().with());
        } else if (operation instanceof Operation.Create create) {
            check("path", create.path());
            check("text", create.text());
        } else if (operation instanceof Operation.Rename rename) {
            check("path", rename.target().path());
            check("to", rename.to());
        } else if (operation instanceof Operation.Delete delete) {
            check("path", delete.target().path());
        }
    }
}
