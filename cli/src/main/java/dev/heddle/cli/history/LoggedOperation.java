package dev.heddle.cli.history;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Operation;
import java.util.Objects;

/**
 * One accepted operation as every reader can have it: through the gateway, from the topics or from an exported file.
 *
 * @param version   its place in the workspace's order, from 1
 * @param file      id of the file it touches, or null for a noop
 * @param path      that file's path after it, or null for a noop
 * @param author    the writer's name, never null
 * @param session   the writer's session (UUID text)
 * @param seq       its number within the session
 * @param timeMs    when it entered the log, milliseconds since 1970 UTC
 * @param hash      its hash, 64 hex digits
 * @param operation what was done: changes as applied, with their deleted text
 */
public record LoggedOperation(long version, String file, String path, String author, String session, long seq,
                              long timeMs, String hash, Operation operation) {

    /** Checks that the required parts are there. */
    public LoggedOperation {
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(operation, "operation");
    }

    /**
     * {@return the same operation, without what only a proof needs}
     *
     * @param operation the complete record
     */
    public static LoggedOperation of(CanonicalOperation operation) {
        return new LoggedOperation(operation.version(), operation.file(), operation.path(), operation.author(),
            operation.session(), operation.seq(), operation.timeMs(), operation.hash().hex(), operation.operation());
    }
}
