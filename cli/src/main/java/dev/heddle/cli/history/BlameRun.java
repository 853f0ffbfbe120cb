package dev.heddle.cli.history;

import java.util.Objects;

/**
 * A stretch of a text that one operation wrote.
 *
 * @param text    the stretch, never empty
 * @param version the operation's version
 * @param author  who wrote it
 * @param session in which session
 * @param timeMs  when, milliseconds since 1970 UTC
 */
public record BlameRun(String text, long version, String author, String session, long timeMs) {

    /** Checks that the required parts are there. */
    public BlameRun {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(session, "session");
    }
}
