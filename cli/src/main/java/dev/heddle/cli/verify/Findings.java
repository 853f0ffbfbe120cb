package dev.heddle.cli.verify;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the first findings by version and counts all: a log that differs everywhere costs little. One thread. */
final class Findings {

    private static final Comparator<Finding> ORDER = Comparator.comparingLong(Finding::version)
        .thenComparing(Finding::log).thenComparingLong(Finding::position);

    private final int keptMax;
    private final PriorityQueue<Finding> kept = new PriorityQueue<>(ORDER.reversed());
    private long count;

    Findings(int keptMax) {
        this.keptMax = keptMax;
    }

    void add(Finding finding) {
        count++;
        kept.add(finding);
        if (kept.size() > keptMax) {
            kept.remove();
        }
    }

    long count() {
        return count;
    }

    /** {@return the first ones, by version} */
    List<Finding> first() {
        return kept.stream().sorted(ORDER).toList();
    }
}
