package dev.heddle.cli.history;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;

/** The difference of two texts by line. Pure. */
public final class TextDiff {

    private static final int CONTEXT_LINES = 3;
    private static final String NO_END = "\n\\ No newline at end of file";

    private TextDiff() {
    }

    /**
     * A run of lines that differs.
     *
     * @param fromLine first line in the old text, from 1; where nothing is removed, the line before which it stands
     * @param removed  lines removed, without their ends
     * @param toLine   first line in the new text, from 1; where nothing is added, the line before which it stands
     * @param added    lines added, without their ends
     */
    public record Hunk(int fromLine, List<String> removed, int toLine, List<String> added) {
    }

    /**
     * {@return the difference as {@code diff -u} writes it, one element per line; empty where there is none}
     *
     * @param fromName what to call the old text
     * @param from     the old text
     * @param toName   what to call the new text
     * @param to       the new text
     */
    public static List<String> unified(String fromName, String from, String toName, String to) {
        List<String> old = lines(from);
        List<String> written = UnifiedDiffUtils.generateUnifiedDiff(fromName, toName, old,
            DiffUtils.diff(old, lines(to)), CONTEXT_LINES);
        List<String> single = new ArrayList<>(written.size());
        written.forEach(line -> single.addAll(List.of(line.split("\n", -1))));
        return single;
    }

    /**
     * {@return the runs of lines that differ, in order}
     *
     * @param from the old text
     * @param to   the new text
     */
    public static List<Hunk> hunks(String from, String to) {
        Patch<String> patch = DiffUtils.diff(lines(from), lines(to));
        List<Hunk> hunks = new ArrayList<>();
        for (AbstractDelta<String> delta : patch.getDeltas()) {
            hunks.add(new Hunk(delta.getSource().getPosition() + 1, bare(delta.getSource().getLines()),
                delta.getTarget().getPosition() + 1, bare(delta.getTarget().getLines())));
        }
        return hunks;
    }

    /** {@return lines without their ends; one that lacks its end says so, so that it differs from one that has it} */
    private static List<String> lines(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        String last = lines.remove(lines.size() - 1);
        if (!last.isEmpty()) {
            lines.add(last + NO_END);
        }
        return lines;
    }

    private static List<String> bare(List<String> lines) {
        return lines.stream().map(line -> line.endsWith(NO_END) ? line.substring(0, line.length() - NO_END.length())
            : line).toList();
    }
}
