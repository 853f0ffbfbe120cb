package dev.heddle.testkit.simulator;

import java.util.Map;
import java.util.TreeMap;

/** What happened in one run, or in many. One thread. */
public final class Totals {

    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, Long> deaths = new TreeMap<>();

    /** Totals of nothing. */
    public Totals() {
    }

    void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    void count(String what, long number) {
        counts.merge(what, number, Long::sum);
    }

    /** {@return counts of deaths by the point at which a process died; written by the crash points} */
    Map<String, Long> deaths() {
        return deaths;
    }

    /**
     * {@return how often something happened}
     *
     * @param what its name, as {@link #toString()} shows it
     */
    public long of(String what) {
        return counts.getOrDefault(what, 0L);
    }

    /** {@return at how many different points a process died} */
    public int crashPoints() {
        return deaths.size();
    }

    /**
     * Adds the totals of another run.
     *
     * @param other the other totals
     */
    public void add(Totals other) {
        other.counts.forEach((what, number) -> counts.merge(what, number, Long::sum));
        other.deaths.forEach((where, number) -> deaths.merge(where, number, Long::sum));
    }

    @Override
    public String toString() {
        return counts + ", killed at " + deaths;
    }
}
