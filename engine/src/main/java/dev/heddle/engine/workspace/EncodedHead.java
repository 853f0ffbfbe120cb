package dev.heddle.engine.workspace;

import java.util.Objects;

/**
 * The first of an operation's {@linkplain CanonicalEncoding canonical bytes}, from the format to the session. All of it
 * but the version mostly comes again with the next operation, so it stays in the buffer where it was written. For one
 * thread and one buffer, in which nobody else writes between {@link #start} and {@link #end}.
 */
final class EncodedHead {

    private int start;
    private int end;
    /** Where the version stands; negative where nothing was written yet. */
    private int versionAt = -1;
    private String workspace;
    private String file;
    private String path;
    private String author;
    private String session;

    /** Writes the head of an operation, or leaves it where it stands already. */
    void write(CanonicalOperation operation, ByteWriter out) {
        if (out.length() == start && holds(operation)) {
            out.setLength(end);
        } else {
            encode(operation, out);
        }
        out.setLong(versionAt, operation.version());
    }

    private boolean holds(CanonicalOperation operation) {
        return versionAt >= 0 && operation.session().equals(session) && operation.author().equals(author)
            && Objects.equals(operation.file(), file) && Objects.equals(operation.path(), path)
            && operation.workspace().equals(workspace);
    }

    private void encode(CanonicalOperation operation, ByteWriter out) {
        versionAt = -1;
        start = out.length();
        int at = out.putByte(CanonicalEncoding.FORMAT).putString(operation.workspace()).length();
        out.putLong(0).putOptionalString(operation.file()).putOptionalString(operation.path())
            .putString(operation.author()).putString(operation.session());
        end = out.length();
        workspace = operation.workspace();
        file = operation.file();
        path = operation.path();
        author = operation.author();
        session = operation.session();
        versionAt = at;
    }
}
