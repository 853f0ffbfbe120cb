package dev.heddle.cli.history;

import java.util.ArrayList;
import java.util.List;

/** Runs of text regrouped by line. Pure. */
public final class BlameLines {

    private BlameLines() {
    }

    /**
     * One line of the text.
     *
     * @param text   the line without its end
     * @param newest the newest of the operations that wrote some of it, its end included
     * @param shared whether several operations wrote it
     */
    public record Line(String text, BlameRun newest, boolean shared) {
    }

    /**
     * {@return the text's lines}
     *
     * @param runs runs in text order that cover the text
     */
    public static List<Line> of(List<BlameRun> runs) {
        List<Line> lines = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        BlameRun newest = null;
        boolean shared = false;
        for (BlameRun run : runs) {
            for (String part : run.text().split("(?<=\n)")) {
                shared |= newest != null && newest.version() != run.version();
                newest = newest == null || newest.version() < run.version() ? run : newest;
                text.append(part);
                if (part.endsWith("\n")) {
                    lines.add(new Line(text.substring(0, text.length() - 1), newest, shared));
                    text.setLength(0);
                    newest = null;
                    shared = false;
                }
            }
        }
        if (newest != null) {
            lines.add(new Line(text.toString(), newest, shared));
        }
        return lines;
    }
}
