package dev.heddle.cli.history;

import java.util.function.LongUnaryOperator;

/** Finds the version that was the newest at a moment; log-append times never decrease with the version. Pure. */
public final class VersionAtTime {

    private VersionAtTime() {
    }

    /**
     * {@return the newest version whose time is at or before the moment; 0 where there is none}
     *
     * @param head   the newest version there is
     * @param timeMs the moment, milliseconds since 1970 UTC
     * @param timeOf the time of a version; asked about log2(head) times
     */
    public static long find(long head, long timeMs, LongUnaryOperator timeOf) {
        long atOrBefore = 0;
        long later = head + 1;
        while (later - atOrBefore > 1) {
            long middle = atOrBefore + (later - atOrBefore) / 2;
            if (timeOf.applyAsLong(middle) <= timeMs) {
                atOrBefore = middle;
            } else {
                later = middle;
            }
        }
        return atOrBefore;
    }
}
