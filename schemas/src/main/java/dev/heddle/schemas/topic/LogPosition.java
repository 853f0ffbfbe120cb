package dev.heddle.schemas.topic;

/**
 * Positions in the raw log of a workspace as one ascending number: which part of the log, and the offset there. In the
 * first part a position is the offset itself, so nothing of this shows in a workspace that was never moved.
 */
public final class LogPosition {

    /** Largest number of parts; positions then stay exact in JSON readers that know only doubles. */
    public static final int PARTS_MAX = 512;

    private static final int OFFSET_BITS = 44;
    private static final long OFFSET_MASK = (1L << OFFSET_BITS) - 1;

    private LogPosition() {
    }

    /**
     * {@return the position of a record}
     *
     * @param part   number of the part, from 0
     * @param offset the record's offset in that part's topic
     * @throws IllegalArgumentException where one of them is out of range
     */
    public static long of(int part, long offset) {
        if (part < 0 || part >= PARTS_MAX || offset < 0 || offset > OFFSET_MASK) {
            throw new IllegalArgumentException("position: offset " + offset + " of part " + part + " (expected: 0 to "
                + OFFSET_MASK + " of part 0 to " + (PARTS_MAX - 1) + ")");
        }
        return (long) part << OFFSET_BITS | offset;
    }

    /**
     * {@return the number of the part, from 0}
     *
     * @param position a position, at least 0
     */
    public static int part(long position) {
        return (int) (position >>> OFFSET_BITS);
    }

    /**
     * {@return the offset in the part's topic}
     *
     * @param position a position, at least 0
     */
    public static long offset(long position) {
        return position & OFFSET_MASK;
    }

    /**
     * {@return a position for people: the offset, and the part where it is not the first}
     *
     * @param position a position, at least 0
     */
    public static String text(long position) {
        return part(position) == 0 ? Long.toString(position) : part(position) + ":" + offset(position);
    }
}
