package dev.heddle.snapshotter.fold;

import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.TextRuns;
import java.util.Objects;

/**
 * One file as of a version. Immutable; texts and runs share structure with the versions before and after.
 *
 * @param file    the file's id (UUID text)
 * @param path    its path; its last path where it is deleted
 * @param deleted whether it is deleted
 * @param version workspace version of its last change
 * @param text    its text; what it was when deleted where it is deleted, so that earlier versions can be rebuilt
 * @param runs    who wrote what of that text; null where that is not known
 */
public record FileState(String file, String path, boolean deleted, long version, Text text, TextRuns runs) {

    /** Checks that the required parts are there. */
    public FileState {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(text, "text");
    }
}
