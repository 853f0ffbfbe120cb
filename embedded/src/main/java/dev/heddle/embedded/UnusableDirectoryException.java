package dev.heddle.embedded;

import java.nio.file.Path;
import java.util.Objects;

/** A data directory cannot be created, read or written, or holds something this program cannot continue. */
public final class UnusableDirectoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Path directory;

    /**
     * A refusal that names the directory.
     *
     * @param directory the directory, never null
     * @param reason    what is wrong with it, as the end of a sentence, never null
     * @param cause     what lies behind it, or null
     */
    public UnusableDirectoryException(Path directory, String reason, Throwable cause) {
        super("data directory " + Objects.requireNonNull(directory, "directory") + " " + reason, cause);
        this.directory = directory;
    }

    /** {@return the directory that was asked for} */
    public Path directory() {
        return directory;
    }
}
