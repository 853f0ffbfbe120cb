package dev.heddle.transformer.runtime;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The life of the process: started, run until a signal comes or it failed, closed. */
public final class Process {

    /** Exit status of a process that could not start, or ended by itself. */
    public static final int FAILED = 1;
    /** Exit status of a process whose settings are missing or not allowed; nothing was started. */
    public static final int BAD_SETTINGS = 2;

    private static final long LOOK_MS = 500;

    private Process() {
    }

    /**
     * Starts something and returns when it was stopped by a signal; ends the process ({@link #FAILED}) if it failed.
     *
     * @param start  starts it
     * @param failed whether it has ended for good by itself
     * @param close  stops it; called once for a signal and once for a failure at most
     */
    public static void run(Runnable start, BooleanSupplier failed, Runnable close) {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            close.run();
            stopped.countDown();
        }, "transformer-stop"));
        start.run();
        try {
            while (!stopped.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                if (failed.getAsBoolean()) {
                    fail(FAILED, "heddle transformer: ended by itself, see the log");
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Says why on standard error and ends the process.
     *
     * @param status  the exit status, not 0
     * @param message one sentence
     */
    public static void fail(int status, String message) {
        System.err.println(message);
        System.exit(status);
    }
}
