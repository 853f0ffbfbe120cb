package dev.heddle.bench.history;

import java.io.PrintStream;
import java.util.Locale;

/** Prints figures as rows of a Markdown table. */
final class Report {

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void section(String title) {
        out.printf("%n### %s%n%n| what | figure |%n| --- | --- |%n", title);
    }

    void row(String what, String format, Object... arguments) {
        out.printf("| %s | %s |%n", what, String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
