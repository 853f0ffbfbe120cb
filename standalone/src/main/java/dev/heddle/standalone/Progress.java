package dev.heddle.standalone;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Objects;

/** What the terminal shows: one line per part as it becomes ready. Thread-safe. */
final class Progress {

    private final PrintStream out;

    Progress(PrintStream out) {
        this.out = Objects.requireNonNull(out, "out");
    }

    /** One line for a part that is ready, with where it is reached and how long it took. */
    void ready(String part, String where, long tookMs) {
        say(String.format(Locale.ROOT, "  %-12s %-24s %,6d ms", part, where, tookMs));
    }

    /** Any other line. */
    void say(String line) {
        // In one call, so that lines of parts that become ready together do not mix.
        out.print(line + System.lineSeparator());
        out.flush();
    }
}
