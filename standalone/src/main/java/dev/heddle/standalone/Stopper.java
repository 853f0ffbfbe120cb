package dev.heddle.standalone;

import java.util.concurrent.TimeUnit;

/** Stops everything when the process is told to end, in bounded time. */
final class Stopper {

    private static final long DEADLINE_MS = 30_000;

    private Stopper() {
    }

    /** Registers the stop with the JVM, which runs it on SIGINT, on SIGTERM and at its own end. */
    static void atShutdown(DevStack stack, DataDirectory directory, Progress progress) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack, directory, progress), "stop"));
    }

    private static void stop(DevStack stack, DataDirectory directory, Progress progress) {
        long start = System.nanoTime();
        boolean served = stack.started();
        if (served) {
            progress.say("Stopping ...");
        }
        Thread closer = new Thread(stack::close, "stop-parts");
        closer.setDaemon(true);
        closer.start();
        try {
            closer.join(DEADLINE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (served) {
            long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            progress.say(closer.isAlive()
                ? "Gave up waiting after " + tookMs + " ms; what was acknowledged is in " + directory.root()
                : "Stopped in " + tookMs + " ms; the data stay in " + directory.root());
        }
        directory.close();
    }
}
