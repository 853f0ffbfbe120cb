package dev.heddle.engine.workspace;

import java.util.Objects;

/**
 * The search of an anchored edit, as it was submitted; it stays beside the plain edit that it was resolved to.
 *
 * @param find       the text looked for, never null
 * @param with       the text put in its place, never null
 * @param occurrence which occurrences are meant, never null
 */
public record Anchor(String find, String with, Occurrence occurrence) {

    /** Which occurrences of the text an anchored edit means. */
    public enum Occurrence {
        /** The one and only; several are an error. */
        ONLY,
        /** The first of possibly several. */
        FIRST,
        /** Every one that does not overlap an earlier one. */
        ALL
    }

    /** Checks that all parts are there. */
    public Anchor {
        Objects.requireNonNull(find, "find");
        Objects.requireNonNull(with, "with");
        Objects.requireNonNull(occurrence, "occurrence");
    }
}
