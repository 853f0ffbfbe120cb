package dev.heddle.engine.workspace;

import java.util.List;
import java.util.Objects;

/**
 * How to take operations back by new operations.
 *
 * @param head      the version the plan is made for: the base of its edits
 * @param selected  how many operations are taken back
 * @param steps     what to do, in this order
 * @param leftovers what cannot be taken back cleanly, and why
 */
public record UndoPlan(long head, int selected, List<UndoStep> steps, List<Leftover> leftovers) {

    /** Copies the lists, so that the value never changes. */
    public UndoPlan {
        steps = List.copyOf(steps);
        leftovers = List.copyOf(leftovers);
    }

    /**
     * Something that stays, or that a person should look at.
     *
     * @param version the version of the operation that is in the way
     * @param path    the file
     * @param reason  why
     */
    public record Leftover(long version, String path, String reason) {
        /** Checks that the required parts are there. */
        public Leftover {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(reason, "reason");
        }
    }
}
