package dev.heddle.engine.workspace;

import java.util.Objects;

/**
 * The names in an operation's {@linkplain CanonicalEncoding canonical bytes}: file, path, author and session, which
 * stand in a row. Kept for the next operation, as they mostly come again. For one thread.
 */
final class EncodedNames {

    private String file;
    private String path;
    private String author;
    private String session;
    private byte[] bytes;

    /** The bytes of an operation's names; not to be changed. */
    byte[] of(CanonicalOperation operation) {
        boolean same = bytes != null && operation.session().equals(session) && operation.author().equals(author)
            && Objects.equals(operation.file(), file) && Objects.equals(operation.path(), path);
        if (!same) {
            file = operation.file();
            path = operation.path();
            author = operation.author();
            session = operation.session();
            bytes = new ByteWriter(128).putOptionalString(file).putOptionalString(path).putString(author)
                .putString(session).toBytes();
        }
        return bytes;
    }
}
