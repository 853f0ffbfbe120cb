package dev.heddle.engine.text;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.RejectionException;

/** Code points and UTF-16: the one place where positions of the two are turned into each other. */
public final class CodePoints {

    private CodePoints() {
    }

    /**
     * {@return number of code points of the text}
     *
     * @param text well-formed text, never null
     */
    public static int count(String text) {
        return text.codePointCount(0, text.length());
    }

    /**
     * {@return the UTF-16 position of a code point position}
     *
     * @param text     well-formed text, never null
     * @param position position in code points, from 0 to the text's length
     * @throws IndexOutOfBoundsException if the position is outside the text
     */
    public static int toUtf16(String text, int position) {
        return text.offsetByCodePoints(0, position);
    }

    /**
     * {@return the code point position of a UTF-16 position; one within a surrogate pair counts as before the pair}
     *
     * @param text     well-formed text, never null
     * @param position position in UTF-16 units, from 0 to the text's length
     * @throws IndexOutOfBoundsException if the position is outside the text
     */
    public static int fromUtf16(String text, int position) {
        boolean withinPair = position > 0 && position < text.length()
            && Character.isLowSurrogate(text.charAt(position)) && Character.isHighSurrogate(text.charAt(position - 1));
        return text.codePointCount(0, withinPair ? position - 1 : position);
    }

    /**
     * {@return whether every surrogate has its partner}
     *
     * @param text the text, never null
     */
    public static boolean wellFormed(String text) {
        return indexOfLoneSurrogate(text) < 0;
    }

    /**
     * Refuses text that UTF-8 cannot hold.
     *
     * @param text the text, never null
     * @param what names the text in the message, never null
     * @throws RejectionException {@code TEXT_MALFORMED} naming the UTF-16 position of the lone surrogate
     */
    public static void requireWellFormed(String text, String what) {
        int index = indexOfLoneSurrogate(text);
        if (index >= 0) {
            throw new RejectionException(RejectionCode.TEXT_MALFORMED, String.format(
                "%s holds the lone surrogate U+%04X at UTF-16 position %d (expected: well-formed Unicode)",
                what, (int) text.charAt(index), index));
        }
    }

    private static int indexOfLoneSurrogate(String text) {
        for (int index = 0; index < text.length(); index++) {
            char unit = text.charAt(index);
            if (Character.isSurrogate(unit)) {
                boolean paired = Character.isHighSurrogate(unit) && index + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(index + 1));
                if (!paired) {
                    return index;
                }
                index++;
            }
        }
        return -1;
    }

    /** Number of bytes of a part of a well-formed text in UTF-8. */
    static int utf8Length(String text, int from, int to) {
        int bytes = to - from;
        for (int index = from; index < to; index++) {
            char unit = text.charAt(index);
            if (unit >= 0x80) {
                // Each half of a pair counts two of the four bytes.
                bytes += unit < 0x800 || Character.isSurrogate(unit) ? 1 : 2;
            }
        }
        return bytes;
    }
}
