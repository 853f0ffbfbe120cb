package dev.heddle.bench.history;

/** Wall time since it was made. */
final class Stopwatch {

    private static final double NS_PER_MS = 1e6;

    private final long startNs = System.nanoTime();

    double elapsedMs() {
        return (System.nanoTime() - startNs) / NS_PER_MS;
    }
}
