package dev.heddle.engine.workspace;

import dev.heddle.engine.text.Change;
import java.util.List;
import java.util.Objects;

/** One thing to do so that operations are taken back, in the order of a plan; the plan's head is the base of each. */
public sealed interface UndoStep {

    /** {@return the path of the file before this step} */
    String path();

    /** {@return what to submit, with the plan's head as base} */
    Operation operation();

    /**
     * Edit a file.
     *
     * @param file    its id
     * @param path    its path
     * @param changes in the text as of the plan's head, positions in code points
     */
    record Edit(String file, String path, List<Change> changes) implements UndoStep {
        /** Copies the list, so that the value never changes. */
        public Edit {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(path, "path");
            changes = List.copyOf(changes);
        }

        @Override
        public Operation operation() {
            return new Operation.Edit(FileReference.ofFile(file), changes);
        }
    }

    /**
     * Give a file its earlier path back.
     *
     * @param file its id
     * @param path its path
     * @param to   the earlier path
     */
    record Rename(String file, String path, String to) implements UndoStep {
        @Override
        public Operation operation() {
            return new Operation.Rename(FileReference.ofFile(file), to);
        }
    }

    /**
     * Delete a file.
     *
     * @param file its id
     * @param path its path
     */
    record Delete(String file, String path) implements UndoStep {
        @Override
        public Operation operation() {
            return new Operation.Delete(FileReference.ofFile(file));
        }
    }

    /**
     * Bring a deleted file back, under a new id.
     *
     * @param path the path it had
     * @param text the text it would have had
     */
    record Restore(String path, String text) implements UndoStep {
        @Override
        public Operation operation() {
            return new Operation.Create(path, text, null);
        }
    }
}
