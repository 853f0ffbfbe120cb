package dev.heddle.cli.history;

import dev.heddle.engine.text.Change;
import java.util.List;
import java.util.Objects;

/** One thing to do so that operations are taken back, in the order of a plan. */
public sealed interface UndoStep {

    /** {@return the path of the file before this step} */
    String path();

    /**
     * Edit a file.
     *
     * @param path    its path
     * @param changes in the text as of the plan's head
     */
    record Edit(String path, List<Change> changes) implements UndoStep {
        /** Copies the list, so that the value never changes. */
        public Edit {
            Objects.requireNonNull(path, "path");
            changes = List.copyOf(changes);
        }
    }

    /**
     * Give a file its earlier path back.
     *
     * @param path its path
     * @param to   the earlier path
     */
    record Rename(String path, String to) implements UndoStep {
    }

    /**
     * Delete a file.
     *
     * @param path its path
     */
    record Delete(String path) implements UndoStep {
    }

    /**
     * Bring a deleted file back, under a new id.
     *
     * @param path the path it had
     * @param text the text it would have had
     */
    record Restore(String path, String text) implements UndoStep {
    }
}
