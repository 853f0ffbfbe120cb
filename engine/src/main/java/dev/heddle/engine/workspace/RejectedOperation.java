package dev.heddle.engine.workspace;

import dev.heddle.engine.RejectionCode;
import java.util.Objects;

/**
 * One refused operation and why; it changed nothing but, where it used the session's next number, that number.
 *
 * @param workspace    the workspace's name
 * @param session      the writer's session
 * @param seq          the operation's number as submitted
 * @param code         the permanent code
 * @param message      names the thing, the value and the rule
 * @param version      the workspace's newest version when it was refused
 * @param expectedSeq  the number the session should use next; null where that is not the matter
 * @param sourceOffset offset of the submitted record in the raw log
 * @param timeMs       log-append time of that record, milliseconds since 1970 UTC
 */
public record RejectedOperation(String workspace, String session, long seq, RejectionCode code, String message,
                                long version, Long expectedSeq, long sourceOffset, long timeMs) {

    /** Checks that the required parts are there. */
    public RejectedOperation {
        Objects.requireNonNull(workspace, "workspace");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }
}
