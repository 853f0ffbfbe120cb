package dev.heddle.engine.text;

import java.util.Objects;

/**
 * One change of a text: at a position, delete some code points, then insert some text.
 *
 * <p>A list of changes is ascending and not overlapping, and all its positions are in the base text. Two changes
 * may share a position; then list order counts. This is the form clients see; {@code TextOperation} is the form of
 * the algebra.
 *
 * @param at      position in the base text, in code points, from 0
 * @param delete  number of code points removed there, 0 for a pure insert
 * @param insert  text put there after the removal, empty for a pure delete, never null
 * @param deleted the text removed; null where it is not known, as in what a client submits
 */
public record Change(int at, int delete, String insert, String deleted) {

    /** Checks only what makes the value usable at all; ranges are checked against a text by the engine. */
    public Change {
        Objects.requireNonNull(insert, "insert");
    }

    /**
     * A change as a client writes it, without the deleted text.
     *
     * @param at     position in the base text, in code points
     * @param delete number of code points removed
     * @param insert text put there, never null
     */
    public Change(int at, int delete, String insert) {
        this(at, delete, insert, null);
    }
}
