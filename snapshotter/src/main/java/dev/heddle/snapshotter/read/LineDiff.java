package dev.heddle.snapshotter.read;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The difference of two texts line by line, with three lines of context. Lines keep their ends, so that nothing of a
 * text is lost. Where the texts have too little in common to compare them at bounded cost, the middle is one change.
 */
final class LineDiff {

    /** How a line stands to the two texts. */
    enum Kind {
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

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A line.
     *
     * @param kind where it is
     * @param text the line with its end
     */
    record Line(Kind kind, String text) {
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
    record Hunk(int fromLine, int fromCount, int toLine, int toCount, List<Line> lines) {
    }

    private static final int CONTEXT_LINES = 3;
    /** Lines of both texts, but for common ends, times one another: beyond this they are not compared. */
    private static final long COMPARED_MAX = 25_000_000;

    private record Piece(int from, int fromEnd, int to, int toEnd) {
    }

    private final List<String> before;
    private final List<String> after;
    private final List<Piece> pieces = new ArrayList<>();
    private boolean coarse;

    private LineDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    static LineDiff between(String before, String after) {
        LineDiff diff = new LineDiff(lines(before), lines(after));
        diff.compare();
        return diff;
    }

    /** {@return whether the texts were too different to be compared line by line} */
    boolean coarse() {
        return coarse;
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            lines.add(text.substring(start, end + 1));
            start = end + 1;
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
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
        List<String> from = before.subList(head, before.size() - tail);
        List<String> to = after.subList(head, after.size() - tail);
        if (from.isEmpty() && to.isEmpty()) {
            return;
        }
        if ((long) from.size() * to.size() > COMPARED_MAX) {
            coarse = true;
            pieces.add(new Piece(head, head + from.size(), head, head + to.size()));
            return;
        }
        for (AbstractDelta<String> delta : DiffUtils.diff(from, to).getDeltas()) {
            int fromStart = head + delta.getSource().getPosition();
            int toStart = head + delta.getTarget().getPosition();
            pieces.add(new Piece(fromStart, fromStart + delta.getSource().size(), toStart,
                toStart + delta.getTarget().size()));
        }
    }

    List<Hunk> hunks() {
        List<Hunk> hunks = new ArrayList<>();
        int first = 0;
        for (int i = 1; i <= pieces.size(); i++) {
            if (i == pieces.size() || pieces.get(i).from() - pieces.get(i - 1).fromEnd() > 2 * CONTEXT_LINES) {
                hunks.add(hunk(pieces.subList(first, i)));
                first = i;
            }
        }
        return hunks;
    }

    private Hunk hunk(List<Piece> close) {
        Piece first = close.get(0);
        Piece last = close.get(close.size() - 1);
        int lead = Math.min(CONTEXT_LINES, first.from());
        int from = first.from() - lead;
        int end = Math.min(before.size(), last.fromEnd() + CONTEXT_LINES);
        List<Line> lines = new ArrayList<>();
        int at = from;
        for (Piece piece : close) {
            before.subList(at, piece.from()).forEach(line -> lines.add(new Line(Kind.SAME, line)));
            before.subList(piece.from(), piece.fromEnd()).forEach(line -> lines.add(new Line(Kind.DELETED, line)));
            after.subList(piece.to(), piece.toEnd()).forEach(line -> lines.add(new Line(Kind.INSERTED, line)));
            at = piece.fromEnd();
        }
        before.subList(at, end).forEach(line -> lines.add(new Line(Kind.SAME, line)));
        int toCount = lead + last.toEnd() - first.to() + end - last.fromEnd();
        return new Hunk(from + 1, end - from, first.to() - lead + 1, toCount, lines);
    }

    /** The form that {@code patch} and {@code git apply} read. */
    String unified(String from, String to) {
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
