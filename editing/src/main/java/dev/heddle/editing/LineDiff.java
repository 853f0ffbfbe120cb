package dev.heddle.editing;

import dev.heddle.editing.Comparison.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The difference of two texts line by line, with three lines of context. Lines keep their ends, so that nothing of a
 * text is lost. Where the texts have too little in common to compare them at bounded cost, the middle is one change.
 * One thread.
 */
public final class LineDiff {

    /** How a line stands to the two texts. */
    public enum Kind {
        /** In both. */
        SAME(' '),
        /** In the first only. */
        DELETED('-'),
        /** In the second only. */
        INSERTED('+');

        private final char mark;

        Kind(char mark) {
            this.mark = mark;
        }

        /** {@return its name in JSON} */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A line.
     *
     * @param kind where it is
     * @param text the line with its end
     */
    public record Line(Kind kind, String text) {
    }

    /**
     * Changes close to one another with their context.
     *
     * @param fromLine  first line in the first text, from 1
     * @param fromCount lines of the first text
     * @param toLine    first line in the second text, from 1
     * @param toCount   lines of the second text
     * @param lines     the lines
     */
    public record Hunk(int fromLine, int fromCount, int toLine, int toCount, List<Line> lines) {
    }

    /**
     * A run of lines that stands in place of another.
     *
     * @param fromLine first line in the first text, from 1; where nothing is removed, the line before which it stands
     * @param removed  lines of the first text only, with their ends
     * @param toLine   first line in the second text, from 1; where nothing is added, the line before which it stands
     * @param added    lines of the second text only, with their ends
     */
    public record Replacement(int fromLine, List<String> removed, int toLine, List<String> added) {
    }

    /** Steps of one comparison: a second or two. */
    private static final long STEPS_MAX = 100_000_000;

    private static final int CONTEXT_LINES = 3;
    /** Lines of both texts, but for common ends, times one another, up to which all of them may differ. */
    private static final long SMALL_MAX = 25_000_000;
    /** Differing lines that are looked for in larger texts. */
    private static final int DIFFERENCES_MAX = 4_000;

    private final List<String> before;
    private final List<String> after;
    private List<Run> runs = List.of();
    private boolean coarse;

    private LineDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    /**
     * {@return the difference}
     *
     * @param before the first text
     * @param after  the second text
     */
    public static LineDiff between(String before, String after) {
        LineDiff diff = new LineDiff(Lines.of(before), Lines.of(after));
        diff.compare();
        return diff;
    }

    /** {@return whether the texts were too different to be compared line by line} */
    public boolean coarse() {
        return coarse;
    }

    private void compare() {
        int head = 0;
        int shorter = Math.min(before.size(), after.size());
        while (head < shorter && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
            && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        Run rest = new Run(head, before.size() - tail, head, after.size() - tail);
        if (!rest.oneSided()) {
            compare(rest);
        } else if (rest.size() > 0) {
            runs = List.of(rest);
        }
    }

    private void compare(Run rest) {
        Lines lines = new Lines();
        int[] from = lines.numbered(before.subList(rest.from(), rest.fromEnd()));
        int[] to = lines.numbered(after.subList(rest.to(), rest.toEnd()));
        boolean small = (long) from.length * to.length <= SMALL_MAX;
        Optional<List<Run>> found = new Comparison(STEPS_MAX).runs(from, to, small ? rest.size() : DIFFERENCES_MAX);
        coarse = found.isEmpty();
        runs = found.map(all -> all.stream().map(run -> run.shifted(rest.from(), rest.to())).toList())
            .orElse(List.of(rest));
    }

    /** {@return the runs of lines that differ, in order, without context} */
    public List<Replacement> replacements() {
        return runs.stream().map(run -> new Replacement(run.from() + 1, before.subList(run.from(), run.fromEnd()),
            run.to() + 1, after.subList(run.to(), run.toEnd()))).toList();
    }

    /** {@return changes close to one another, each group with its context, in order} */
    public List<Hunk> hunks() {
        List<Hunk> hunks = new ArrayList<>();
        int first = 0;
        for (int i = 1; i <= runs.size(); i++) {
            if (i == runs.size() || runs.get(i).from() - runs.get(i - 1).fromEnd() > 2 * CONTEXT_LINES) {
                hunks.add(hunk(runs.subList(first, i)));
                first = i;
            }
        }
        return hunks;
    }

    private Hunk hunk(List<Run> close) {
        Run first = close.get(0);
        Run last = close.get(close.size() - 1);
        int lead = Math.min(CONTEXT_LINES, first.from());
        int from = first.from() - lead;
        int end = Math.min(before.size(), last.fromEnd() + CONTEXT_LINES);
        List<Line> lines = new ArrayList<>();
        int at = from;
        for (Run run : close) {
            before.subList(at, run.from()).forEach(line -> lines.add(new Line(Kind.SAME, line)));
            before.subList(run.from(), run.fromEnd()).forEach(line -> lines.add(new Line(Kind.DELETED, line)));
            after.subList(run.to(), run.toEnd()).forEach(line -> lines.add(new Line(Kind.INSERTED, line)));
            at = run.fromEnd();
        }
        before.subList(at, end).forEach(line -> lines.add(new Line(Kind.SAME, line)));
        int toCount = lead + last.toEnd() - first.to() + end - last.fromEnd();
        return new Hunk(from + 1, end - from, first.to() - lead + 1, toCount, lines);
    }

    /**
     * {@return the difference in the form that {@code patch} and {@code git apply} read; empty where there is none}
     *
     * @param from what to call the first text
     * @param to   what to call the second text
     */
    public String unified(String from, String to) {
        StringBuilder text = new StringBuilder();
        for (Hunk hunk : hunks()) {
            if (text.isEmpty()) {
                text.append("--- ").append(from).append("\n+++ ").append(to).append('\n');
            }
            text.append("@@ -").append(range(hunk.fromLine(), hunk.fromCount())).append(" +")
                .append(range(hunk.toLine(), hunk.toCount())).append(" @@\n");
            for (Line line : hunk.lines()) {
                text.append(line.kind().mark).append(line.text());
                if (!line.text().endsWith("\n")) {
                    text.append("\n\\ No newline at end of file\n");
                }
            }
        }
        return text.toString();
    }

    /** A side without lines is said to be behind the line before. */
    private static String range(int line, int count) {
        return (count == 0 ? line - 1 : line) + "," + count;
    }
}
