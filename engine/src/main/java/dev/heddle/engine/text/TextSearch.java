package dev.heddle.engine.text;

import java.util.Arrays;

/** Finds one text in another that comes chunk by chunk (Knuth, Morris and Pratt), in one pass. For one search. */
final class TextSearch {

    private final String find;
    private final int findCodePoints;
    private final int[] fallback;
    private final boolean overlapping;
    private final int countMax;
    private int[] positions = new int[4];
    private int count;
    private int matched;
    private int codePointsRead;

    TextSearch(String find, boolean overlapping, int countMax) {
        if (find.isEmpty()) {
            throw new IllegalArgumentException("find: empty (expected: at least one code point)");
        }
        this.find = find;
        this.findCodePoints = CodePoints.count(find);
        this.overlapping = overlapping;
        this.countMax = countMax;
        this.fallback = fallbacks(find);
    }

    private static int[] fallbacks(String find) {
        int[] fallback = new int[find.length() + 1];
        int length = 0;
        for (int index = 1; index < find.length(); index++) {
            while (length > 0 && find.charAt(index) != find.charAt(length)) {
                length = fallback[length];
            }
            if (find.charAt(index) == find.charAt(length)) {
                length++;
            }
            fallback[index + 1] = length;
        }
        return fallback;
    }

    /** Reads the next chunk, which ends with a whole code point; answers whether more is wanted. */
    boolean accept(String chunk) {
        for (int index = 0; index < chunk.length() && count < countMax; index++) {
            char unit = chunk.charAt(index);
            // A pair is counted with its second half, so that a match always ends on a counted code point.
            codePointsRead += Character.isHighSurrogate(unit) ? 0 : 1;
            while (matched > 0 && unit != find.charAt(matched)) {
                matched = fallback[matched];
            }
            if (unit == find.charAt(matched)) {
                matched++;
            }
            if (matched == find.length()) {
                add(codePointsRead - findCodePoints);
                matched = overlapping ? fallback[matched] : 0;
            }
        }
        return count < countMax;
    }

    private void add(int position) {
        if (count == positions.length) {
            positions = Arrays.copyOf(positions, count * 2);
        }
        positions[count++] = position;
    }

    int[] positions() {
        return Arrays.copyOf(positions, count);
    }
}
