package dev.heddle.bench.growing;

import java.util.Arrays;

/** Measured times, sorted. Immutable. */
final class Latencies {

    private static final double NANOS_PER_MS = 1e6;

    private final long[] sortedNanos;

    /**
     * Sorts times.
     *
     * @param nanos nanoseconds each, at least one
     */
    Latencies(long[] nanos) {
        sortedNanos = nanos.clone();
        Arrays.sort(sortedNanos);
    }

    /**
     * {@return the time that a part of all is not above, in milliseconds}
     *
     * @param part 0.5 for the median, below 1
     */
    double quantileMs(double part) {
        return sortedNanos[(int) (sortedNanos.length * part)] / NANOS_PER_MS;
    }
}
