package dev.heddle.editing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Texts as lines, and lines as numbers, so that comparing long lines costs no more than short ones. One thread. */
final class Lines {

    private final Map<String, Integer> numbers = new HashMap<>();

    /** {@return the lines of a text with their ends, so that they add up to it} */
    static List<String> of(String text) {
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

    /** {@return how many lines {@link #of} would make} */
    static int count(String text) {
        int feeds = 0;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            feeds++;
        }
        return text.isEmpty() || text.endsWith("\n") ? feeds : feeds + 1;
    }

    /** {@return a number for each line, the same for equal lines of all lists that are given} */
    int[] numbered(List<String> lines) {
        int[] all = new int[lines.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = numbers.computeIfAbsent(lines.get(i), line -> numbers.size());
        }
        return all;
    }

    /** {@return where each line begins in their text, in code points, and last where the last line ends} */
    static int[] starts(List<String> lines) {
        int[] starts = new int[lines.size() + 1];
        for (int i = 0; i < lines.size(); i++) {
            starts[i + 1] = starts[i] + lines.get(i).codePointCount(0, lines.get(i).length());
        }
        return starts;
    }
}
