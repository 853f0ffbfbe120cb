package dev.heddle.engine.workspace;

import java.util.Objects;

/**
 * The operation that wrote some of a text, as far as blame needs it.
 *
 * @param version its workspace version
 * @param author  the writer's name, never null
 * @param session the writer's session (UUID text), never null
 * @param timeMs  its log-append time, milliseconds since 1970 UTC
 */
public record Origin(long version, String author, String session, long timeMs) {

    /** Checks that author and session are there. */
    public Origin {
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(session, "session");
    }

    /**
     * {@return the origin of everything an operation writes}
     *
     * @param operation the operation
     */
    public static Origin of(CanonicalOperation operation) {
        return new Origin(operation.version(), operation.author(), operation.session(), operation.timeMs());
    }
}
