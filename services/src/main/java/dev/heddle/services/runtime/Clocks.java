package dev.heddle.services.runtime;

/** The machine's clocks, handed as parameters to whatever needs the time. Any thread. */
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
}
