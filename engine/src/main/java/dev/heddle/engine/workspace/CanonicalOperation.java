package dev.heddle.engine.workspace;

import java.util.Objects;

/**
 * One accepted operation, complete: it can be applied, inverted, blamed and proved from this record alone.
 *
 * @param workspace    the workspace's name
 * @param version      its place in the workspace's order, from 1 without gaps
 * @param file         the id of the file it touches, or null for a noop
 * @param path         that file's path after the operation, or null for a noop
 * @param author       the writer's name; {@code "anonymous"} where none was given
 * @param session      the writer's session (UUID text)
 * @param seq          its number within the session
 * @param base         the base as submitted
 * @param after        the chained context as submitted, or null
 * @param sourceOffset offset of the submitted record in the raw log
 * @param timeMs       log-append time of that record, milliseconds since 1970 UTC
 * @param operation    what was done: changes as applied, with their deleted text; targets by file id
 * @param previousHash the hash of the version before, 32 zero bytes before version 1
 * @param hash         SHA-256 of {@code previousHash} followed by this record's canonical bytes
 */
public record CanonicalOperation(String workspace, long version, String file, String path, String author,
                                 String session, long seq, long base, Long after, long sourceOffset, long timeMs,
                                 Operation operation, Hash previousHash, Hash hash) {

    /** Checks that the required parts are there. */
    public CanonicalOperation {
        Objects.requireNonNull(workspace, "workspace");
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(previousHash, "previousHash");
        Objects.requireNonNull(hash, "hash");
    }
}
