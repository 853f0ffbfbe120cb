package dev.heddle.services.runtime;

import java.util.UUID;

/** The machine's clocks and chance, handed as parameters to whatever needs them. Any thread. */
public final class Clocks {

    private Clocks() {
    }

    /** {@return a running time in nanoseconds, of use for differences only} */
    public static long nanoTime() {
        return System.nanoTime();
    }

    /** {@return this machine's clock, milliseconds since 1970 UTC} */
    public static long nowMs() {
        return System.currentTimeMillis();
    }

    /** {@return a number that nobody had before, to tell one start of a service from another} */
    public static long random() {
        return UUID.randomUUID().getMostSignificantBits();
    }
}
