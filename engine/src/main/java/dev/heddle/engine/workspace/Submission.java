package dev.heddle.engine.workspace;

import java.util.Objects;

/**
 * One operation as it stands in the raw log of a workspace, with what the log itself says of it.
 *
 * @param session      the writer's session (UUID text)
 * @param seq          the operation's number within its session, from 1
 * @param base         the newest version the writer had seen
 * @param after        the newest of the session's own operations it also stands on, or null for none beyond the base
 * @param author       the writer's name, or null
 * @param operation    what is to be done
 * @param sourceOffset the record's offset in the raw log
 * @param timeMs       the record's log-append time, milliseconds since 1970 UTC
 */
public record Submission(String session, long seq, long base, Long after, String author, Operation operation,
                         long sourceOffset, long timeMs) {

    /** Checks that session and operation are there; everything else is for the sequencer to judge. */
    public Submission {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(operation, "operation");
    }
}
