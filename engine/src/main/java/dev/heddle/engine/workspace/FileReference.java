package dev.heddle.engine.workspace;

import java.util.Objects;

/**
 * Names a file either by its immutable id or by the path it had as of the operation's base; exactly one is set.
 *
 * @param file the file's id (UUID text), or null
 * @param path the file's path, or null
 */
public record FileReference(String file, String path) {

    /** Checks that exactly one of the two is given. */
    public FileReference {
        if ((file == null) == (path == null)) {
            throw new IllegalArgumentException("file reference: " + file + ", " + path
                + " (expected: exactly one of file and path)");
        }
    }

    /**
     * {@return a reference by id}
     *
     * @param file the file's id, never null
     */
    public static FileReference ofFile(String file) {
        return new FileReference(Objects.requireNonNull(file, "file"), null);
    }

    /**
     * {@return a reference by path, to be resolved as of the operation's base}
     *
     * @param path the path, never null
     */
    public static FileReference ofPath(String path) {
        return new FileReference(null, Objects.requireNonNull(path, "path"));
    }
}
