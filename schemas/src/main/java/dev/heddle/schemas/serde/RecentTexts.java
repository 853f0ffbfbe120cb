package dev.heddle.schemas.serde;

import java.util.Arrays;

/**
 * Short texts read lately, by their bytes: ids and names that come again with every record of a log are then made once,
 * and one {@code equals} another by being the same. Bounded; forgets whatever stands in the way of a new one. One
 * thread.
 */
public final class RecentTexts {

    private static final int PLACES = 1 << 10;
    private static final int BYTES_MAX = 64;
    private static final int FACTOR = 31;

    private final byte[][] bytes = new byte[PLACES][];
    private final String[] texts = new String[PLACES];
    /** Where the one found last is: the same text mostly comes several times in a row. */
    private int lastPlace;

    /** None read yet. */
    public RecentTexts() {
        // Filled as texts are read.
    }

    /** {@return the text of some bytes that are well-formed UTF-8, or null where it was not read lately} */
    String find(byte[] source, int from, int length) {
        if (length > BYTES_MAX) {
            return null;
        }
        if (isAt(lastPlace, source, from, length)) {
            return texts[lastPlace];
        }
        int place = place(source, from, length);
        if (!isAt(place, source, from, length)) {
            return null;
        }
        lastPlace = place;
        return texts[place];
    }

    private boolean isAt(int place, byte[] source, int from, int length) {
        byte[] known = bytes[place];
        return known != null && Arrays.equals(known, 0, known.length, source, from, from + length);
    }

    /** Remembers a text that was just read. */
    void remember(byte[] source, int from, int length, String text) {
        // A replacement character may stand for bytes that are no UTF-8; such texts are looked at every time.
        if (length <= BYTES_MAX && text.indexOf('\uFFFD') < 0) {
            int place = place(source, from, length);
            bytes[place] = Arrays.copyOfRange(source, from, from + length);
            texts[place] = text;
        }
    }

    /** The ends tell ids and names apart well enough. */
    private static int place(byte[] source, int from, int length) {
        int hash = length;
        int end = from + length;
        for (int index = Math.max(from, end - Long.BYTES); index < end; index++) {
            hash = FACTOR * hash + source[index];
        }
        for (int index = from; index < Math.min(from + Integer.BYTES, end); index++) {
            hash = FACTOR * hash + source[index];
        }
        return (hash ^ hash >>> Short.SIZE) & PLACES - 1;
    }
}
