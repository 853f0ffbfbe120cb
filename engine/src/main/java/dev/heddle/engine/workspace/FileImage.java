package dev.heddle.engine.workspace;

import dev.heddle.engine.text.Text;
import java.util.Objects;

/**
 * One file as of some version of its workspace.
 *
 * @param file    its id
 * @param path    its path; of a deleted file the one it had last
 * @param deleted whether it was deleted
 * @param version version of its last change, a rename and the deletion included
 * @param text    its text; empty for a deleted file, whose last text is in the log
 */
public record FileImage(String file, String path, boolean deleted, long version, Text text) {

    /** Checks that all parts are there. */
    public FileImage {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(text, "text");
    }
}
