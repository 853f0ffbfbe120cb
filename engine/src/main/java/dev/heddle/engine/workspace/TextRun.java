package dev.heddle.engine.workspace;

import java.util.Objects;

/**
 * A stretch of a text that one operation wrote.
 *
 * @param length its length in code points, at least 1
 * @param origin the operation, never null
 */
public record TextRun(int length, Origin origin) {

    /** Checks both parts. */
    public TextRun {
        Objects.requireNonNull(origin, "origin");
        if (length < 1) {
            throw new IllegalArgumentException("length: " + length + " (expected: at least 1)");
        }
    }

    /** {@return what is left of it behind its first code points} */
    TextRun without(int codePoints) {
        return codePoints == 0 ? this : new TextRun(length - codePoints, origin);
    }
}
