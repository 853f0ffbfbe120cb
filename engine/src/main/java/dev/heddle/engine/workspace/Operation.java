package dev.heddle.engine.workspace;

import dev.heddle.engine.text.Change;
import java.util.List;
import java.util.Objects;

/** What a writer wants done to a workspace; what was submitted and what was committed have the same forms. */
public sealed interface Operation {

    /** A positional edit of one file.
     *
     * @param target  the file
     * @param changes ascending, not overlapping, all in the base text; may be empty (an edit that came to nothing)
     * @param anchor  the search this edit was resolved from, or null; only on canonical operations
     */
    record Edit(FileReference target, List<Change> changes, Anchor anchor) implements Operation {
        /** Copies the list, so that the value never changes. */
        public Edit {
            Objects.requireNonNull(target, "target");
            changes = List.copyOf(changes);
        }

        /**
         * A plain edit.
         *
         * @param target  the file
         * @param changes the changes
         */
        public Edit(FileReference target, List<Change> changes) {
            this(target, changes, null);
        }
    }

    /** An anchored edit: resolved against the file as it is when the operation is ordered.
     *
     * @param target the file
     * @param anchor what to find and what to put there
     */
    record Replace(FileReference target, Anchor anchor) implements Operation {
        /** Checks that both parts are there. */
        public Replace {
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(anchor, "anchor");
        }
    }

    /** A new file.
     *
     * @param path its path
     * @param text its first text, never null
     * @param file its id (UUID text), or null to have one chosen from (session, seq); never null once canonical
     */
    record Create(String path, String text, String file) implements Operation {
        /** Checks that path and text are there. */
        public Create {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(text, "text");
        }
    }

    /** A new path for a file.
     *
     * @param target the file
     * @param to     its new path
     */
    record Rename(FileReference target, String to) implements Operation {
        /** Checks that both parts are there. */
        public Rename {
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(to, "to");
        }
    }

    /** The end of a file.
     *
     * @param target the file
     */
    record Delete(FileReference target) implements Operation {
        /** Checks that the target is there. */
        public Delete {
            Objects.requireNonNull(target, "target");
        }
    }

    /** Nothing; it takes a version all the same. */
    record Noop() implements Operation {
    }
}
