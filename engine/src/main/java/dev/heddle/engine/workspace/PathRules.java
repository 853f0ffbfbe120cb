package dev.heddle.engine.workspace;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.RejectionException;
import dev.heddle.engine.text.CodePoints;

/**
 * What a path may look like: relative, segments parted by {@code /}, none of them empty, {@code .} or {@code ..}; no
 * control character (U+0000 to U+001F, U+007F to U+009F) and no backslash, which some systems would read as a
 * separator; well-formed Unicode, at most 1,024 code points. Paths are compared as they are, without case folding or
 * normalisation.
 */
public final class PathRules {

    /** Longest path, in code points. */
    public static final int PATH_CODE_POINTS_MAX = 1024;

    private PathRules() {
    }

    /**
     * Refuses what is not a path.
     *
     * @param path the path, never null
     * @throws RejectionException {@code PATH_INVALID} naming the path and the rule it breaks
     */
    public static void check(String path) {
        if (path.isEmpty()) {
            throw invalid("\"\"", "is empty (expected: at least one segment)");
        }
        // A pair of UTF-16 units is one code point, so twice the limit is over it in any case.
        if (path.length() > 2 * PATH_CODE_POINTS_MAX || CodePoints.count(path) > PATH_CODE_POINTS_MAX) {
            throw invalid("of " + CodePoints.count(path) + " code points",
                "is too long (expected: at most " + PATH_CODE_POINTS_MAX + ")");
        }
        int segmentStart = 0;
        for (int index = 0; index <= path.length(); index++) {
            char unit = index == path.length() ? '/' : path.charAt(index);
            if (unit == '/') {
                checkSegment(path, segmentStart, index);
                segmentStart = index + 1;
            } else if (unit == '\\' || Character.isISOControl(unit)) {
                throw invalid(path, String.format(
                    "holds U+%04X (expected: no control character and no backslash)", (int) unit));
            }
        }
        if (!CodePoints.wellFormed(path)) {
            throw invalid(path, "holds a lone surrogate (expected: well-formed Unicode)");
        }
    }

    private static void checkSegment(String path, int from, int to) {
        int length = to - from;
        boolean dots = length == 1 && path.charAt(from) == '.'
            || length == 2 && path.charAt(from) == '.' && path.charAt(from + 1) == '.';
        if (length == 0 || dots) {
            throw invalid(path, "has the segment \"" + path.substring(from, to)
                + "\" (expected: relative, no empty, \".\" or \"..\" segment)");
        }
    }

    private static RejectionException invalid(String path, String rule) {
        StringBuilder shown = new StringBuilder(path.length());
        for (int index = 0; index < path.length(); index++) {
            char unit = path.charAt(index);
            shown.append(Character.isISOControl(unit) || Character.isSurrogate(unit) ? '\uFFFD' : unit);
        }
        return new RejectionException(RejectionCode.PATH_INVALID, "path " + shown + " " + rule);
    }
}
