package dev.heddle.engine.text;

import java.util.Objects;

/**
 * One step of a text operation: keep, put in or take out some code points.
 *
 * @param kind   what is done
 * @param length how many code points, at least 1
 * @param text   the text put in; null for the other kinds
 */
public record Component(Kind kind, int length, String text) {

    /** What a component does. */
    public enum Kind {
        /** Keeps code points of the base. */
        RETAIN,
        /** Puts text in. */
        INSERT,
        /** Takes code points of the base out. */
        DELETE
    }

    /** Checks that only an insert carries text. */
    public Component {
        Objects.requireNonNull(kind, "kind");
        if ((kind == Kind.INSERT) != (text != null)) {
            throw new IllegalArgumentException("component: " + kind + " with text " + text
                + " (expected: text for INSERT and only there)");
        }
    }
}
