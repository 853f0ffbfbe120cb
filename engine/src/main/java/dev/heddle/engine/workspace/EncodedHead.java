package dev.heddle.engine.workspace;

import java.util.Objects;

/**
 * The first of an operation's {@linkplain CanonicalEncoding canonical bytes}, from the format to the session. All of it
 * but the version mostly comes again with the next operation, so it is kept and copied in one piece. For one thread.
 */
final class EncodedHead {

    private final ByteWriter head = new ByteWriter(160);
    private int versionAt = -1;
    private String workspace;
    private String file;
    private String path;
    private String author;
    private String session;

    /** Writes the head of an operation. */
    void write(CanonicalOperation operation, ByteWriter out) {
        if (!holds(operation)) {
            encode(operation);
        }
        int start = out.length();
        out.putRaw(head.array(), head.length()).setLong(start + versionAt, operation.version());
    }

    private boolean holds(CanonicalOperation operation) {
        return versionAt >= 0 && operation.session().equals(session) && operation.author().equals(author)
            && Objects.equals(operation.file(), file) && Objects.equals(operation.path(), path)
            && operation.workspace().equals(workspace);
    }

    private void encode(CanonicalOperation operation) {
        workspace = operation.workspace();
        file = operation.file();
        path = operation.path();
        author = operation.author();
        session = operation.session();
        head.clear();
        versionAt = head.putByte(CanonicalEncoding.FORMAT).putString(workspace).length();
        head.putLong(0).putOptionalString(file).putOptionalString(path).putString(author).putString(session);
    }
}
