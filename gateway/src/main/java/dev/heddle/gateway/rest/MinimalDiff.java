package dev.heddle.gateway.rest;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.heddle.engine.text.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the changes that turn one text into another, in code points, few and small, at a bounded cost.
 *
 * <p>What both texts begin and end with is set aside in linear time. What is left is compared by code points where it
 * is short; else by lines, and each differing run of lines by code points where that is short; what is longer than
 * both bounds is replaced as a whole. So the worst case stays linear in the texts plus a constant. Pure.
 */
final class MinimalDiff {

    /** Longest part that is compared code point by code point, both sides together. */
    private static final int CODE_POINTS_MAX = 2_000;

    /** Longest part that is compared line by line, both sides together. */
    private static final int LINES_MAX = 4_000;

    private MinimalDiff() {
    }

    /**
     * {@return ascending changes, not overlapping, in the first text, that give the second}
     *
     * @param from well-formed text
     * @param to   well-formed text
     */
    static List<Change> between(String from, String to) {
        List<Change> changes = new ArrayList<>();
        collect(from.codePoints().toArray(), to.codePoints().toArray(), 0, true, changes);
        return changes;
    }

    private static void collect(int[] from, int[] to, int offset, boolean byLines, List<Change> changes) {
        int shorter = Math.min(from.length, to.length);
        int prefix = 0;
        while (prefix < shorter && from[prefix] == to[prefix]) {
            prefix++;
        }
        int suffix = 0;
        while (suffix < shorter - prefix && from[from.length - 1 - suffix] == to[to.length - 1 - suffix]) {
            suffix++;
        }
        int[] oldPart = Arrays.copyOfRange(from, prefix, from.length - suffix);
        int[] newPart = Arrays.copyOfRange(to, prefix, to.length - suffix);
        int at = offset + prefix;
        if (oldPart.length == 0 || newPart.length == 0) {
            add(at, oldPart.length, newPart, changes);
        } else if (oldPart.length + newPart.length <= CODE_POINTS_MAX) {
            compareCodePoints(oldPart, newPart, at, changes);
        } else if (byLines) {
            compareLines(oldPart, newPart, at, changes);
        } else {
            add(at, oldPart.length, newPart, changes);
        }
    }

    private static void compareCodePoints(int[] from, int[] to, int offset, List<Change> changes) {
        for (AbstractDelta<Integer> delta : DiffUtils.diff(boxed(from), boxed(to)).getDeltas()) {
            int[] inserted = delta.getTarget().getLines().stream().mapToInt(Integer::intValue).toArray();
            add(offset + delta.getSource().getPosition(), delta.getSource().size(), inserted, changes);
        }
    }

    private static void compareLines(int[] from, int[] to, int offset, List<Change> changes) {
        List<String> oldLines = lines(from);
        List<String> newLines = lines(to);
        if (oldLines.size() + newLines.size() > LINES_MAX) {
            add(offset, from.length, to, changes);
            return;
        }
        int[] oldStarts = starts(oldLines);
        int[] newStarts = starts(newLines);
        for (AbstractDelta<String> delta : DiffUtils.diff(oldLines, newLines).getDeltas()) {
            int oldFrom = oldStarts[delta.getSource().getPosition()];
            int oldTo = oldStarts[delta.getSource().getPosition() + delta.getSource().size()];
            int newFrom = newStarts[delta.getTarget().getPosition()];
            int newTo = newStarts[delta.getTarget().getPosition() + delta.getTarget().size()];
            collect(Arrays.copyOfRange(from, oldFrom, oldTo), Arrays.copyOfRange(to, newFrom, newTo),
                offset + oldFrom, false, changes);
        }
    }

    private static void add(int at, int delete, int[] insert, List<Change> changes) {
        if (delete > 0 || insert.length > 0) {
            changes.add(new Change(at, delete, new String(insert, 0, insert.length)));
        }
    }

    private static List<Integer> boxed(int[] codePoints) {
        return Arrays.stream(codePoints).boxed().toList();
    }

    /** Lines with their ends, so that they add up to the text. */
    private static List<String> lines(int[] codePoints) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < codePoints.length; i++) {
            if (codePoints[i] == '\n' || i == codePoints.length - 1) {
                lines.add(new String(codePoints, start, i + 1 - start));
                start = i + 1;
            }
        }
        return lines;
    }

    private static int[] starts(List<String> lines) {
        int[] starts = new int[lines.size() + 1];
        for (int i = 0; i < lines.size(); i++) {
            starts[i + 1] = starts[i] + lines.get(i).codePointCount(0, lines.get(i).length());
        }
        return starts;
    }
}
