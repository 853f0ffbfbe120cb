package dev.heddle.cli.history;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.heddle.engine.text.Change;
import java.util.ArrayList;
import java.util.List;

/** The changes that make one text of another, by line: what both have in common is left alone. Pure. */
public final class LineChanges {

    private LineChanges() {
    }

    /**
     * {@return ascending changes in the first text, in code points, that give the second}
     *
     * @param from the old text
     * @param to   the new text
     */
    public static List<Change> between(String from, String to) {
        List<String> old = lines(from);
        int[] starts = new int[old.size() + 1];
        for (int i = 0; i < old.size(); i++) {
            starts[i + 1] = starts[i] + old.get(i).codePointCount(0, old.get(i).length());
        }
        List<Change> changes = new ArrayList<>();
        for (AbstractDelta<String> delta : DiffUtils.diff(old, lines(to)).getDeltas()) {
            int first = delta.getSource().getPosition();
            int at = starts[first];
            changes.add(new Change(at, starts[first + delta.getSource().size()] - at,
                String.join("", delta.getTarget().getLines())));
        }
        return changes;
    }

    /** Lines with their ends, so that they add up to the text. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        for (int start = 0; start < text.length();) {
            int feed = text.indexOf('\n', start);
            int end = feed < 0 ? text.length() : feed + 1;
            lines.add(text.substring(start, end));
            start = end;
        }
        return lines;
    }
}
