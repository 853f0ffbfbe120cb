package dev.heddle.editing;

import dev.heddle.editing.Comparison.Run;
import dev.heddle.engine.text.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the changes that turn one text into another, in code points, few and small, at a bounded cost: what others
 * change at the same time survives wherever a change does not touch it.
 *
 * <p>What both texts begin and end with is set aside. What is left is compared by lines, and each differing run of
 * lines by code points; a short rest by code points at once. Where texts have too little in common for that, the run,
 * or all that is left, is replaced as a whole. So the worst case stays linear in the texts plus a constant. Pure.
 */
public final class MinimalDiff {

    /** Steps of all comparisons for one answer: a second or two. */
    static final long STEPS_MAX = 100_000_000;

    /** Longest run that is compared by code points however much of it differs, both sides together. */
    private static final int SHORT_CODE_POINTS_MAX = 2_000;

    /** Longest run that is compared by code points at all, both sides together: one very long line. */
    private static final int CODE_POINTS_MAX = 200_000;

    /** Differing code points that are looked for in a run that is not short; with more it is another text. */
    private static final int CODE_POINT_DIFFERENCES_MAX = 1_000;

    /** Most lines that are compared, both sides together. */
    private static final int LINES_MAX = 500_000;

    /** Differing lines that are looked for. */
    private static final int LINE_DIFFERENCES_MAX = 4_000;

    private final int[] from;
    private final int[] to;
    private final Comparison comparison = new Comparison(STEPS_MAX);
    private final List<Change> changes = new ArrayList<>();

    private MinimalDiff(String from, String to) {
        this.from = from.codePoints().toArray();
        this.to = to.codePoints().toArray();
        Run rest = trimmed(new Run(0, this.from.length, 0, this.to.length));
        if (rest.oneSided() || rest.size() <= SHORT_CODE_POINTS_MAX) {
            compareCodePoints(rest);
        } else {
            compareLines(rest);
        }
        changes.sort(Comparator.comparingInt(Change::at));
    }

    /**
     * {@return ascending changes, not overlapping, in the first text, that give the second}
     *
     * @param from well-formed text
     * @param to   well-formed text
     */
    public static List<Change> between(String from, String to) {
        return new MinimalDiff(from, to).changes;
    }

    /** {@return how many steps it takes to find the changes, at most {@link #STEPS_MAX}} */
    static long steps(String from, String to) {
        return new MinimalDiff(from, to).comparison.steps();
    }

    /** The run without what both sides of it begin and end with. */
    private Run trimmed(Run run) {
        int prefix = 0;
        int shorter = Math.min(run.fromEnd() - run.from(), run.toEnd() - run.to());
        while (prefix < shorter && from[run.from() + prefix] == to[run.to() + prefix]) {
            prefix++;
        }
        int suffix = 0;
        while (suffix < shorter - prefix && from[run.fromEnd() - 1 - suffix] == to[run.toEnd() - 1 - suffix]) {
            suffix++;
        }
        return new Run(run.from() + prefix, run.fromEnd() - suffix, run.to() + prefix, run.toEnd() - suffix);
    }

    private void compareLines(Run rest) {
        String before = new String(from, rest.from(), rest.fromEnd() - rest.from());
        String after = new String(to, rest.to(), rest.toEnd() - rest.to());
        if (Lines.count(before) + Lines.count(after) > LINES_MAX) {
            compareCodePoints(rest);
            return;
        }
        List<String> oldLines = Lines.of(before);
        List<String> newLines = Lines.of(after);
        Lines lines = new Lines();
        Optional<List<Run>> found = comparison.runs(lines.numbered(oldLines), lines.numbered(newLines),
            LINE_DIFFERENCES_MAX);
        if (found.isEmpty()) {
            compareCodePoints(rest);
            return;
        }
        int[] oldStarts = Lines.starts(oldLines);
        int[] newStarts = Lines.starts(newLines);
        // Small ones first, so that a few large ones cannot use up what all of them may cost.
        found.get().stream().map(run -> trimmed(new Run(oldStarts[run.from()], oldStarts[run.fromEnd()],
            newStarts[run.to()], newStarts[run.toEnd()]).shifted(rest.from(), rest.to())))
            .sorted(Comparator.comparingInt(Run::size)).forEach(this::compareCodePoints);
    }

    private void compareCodePoints(Run run) {
        int differencesMax = run.size() <= SHORT_CODE_POINTS_MAX ? SHORT_CODE_POINTS_MAX : CODE_POINT_DIFFERENCES_MAX;
        Optional<List<Run>> found = run.oneSided() || run.size() > CODE_POINTS_MAX ? Optional.empty()
            : comparison.runs(Arrays.copyOfRange(from, run.from(), run.fromEnd()),
                Arrays.copyOfRange(to, run.to(), run.toEnd()), differencesMax);
        found.ifPresentOrElse(runs -> runs.forEach(each -> add(each.shifted(run.from(), run.to()))), () -> add(run));
    }

    private void add(Run run) {
        if (run.size() > 0) {
            changes.add(new Change(run.from(), run.fromEnd() - run.from(),
                new String(to, run.to(), run.toEnd() - run.to())));
        }
    }
}
