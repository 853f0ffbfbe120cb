package dev.heddle.testkit.chaos;

/** Waiting between two looks at something. */
final class Pause {

    private Pause() {
    }

    static void ms(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
