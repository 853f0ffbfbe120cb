package dev.heddle.services.runtime;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Something done again and again on a thread of its own until it is closed. Thread-safe. */
public final class RepeatedTask implements AutoCloseable {

    private final ScheduledExecutorService thread;

    /**
     * Starts one.
     *
     * @param name  the thread's name
     * @param pause time between the end of one run and the beginning of the next
     * @param task  the task, which must not throw
     */
    public RepeatedTask(String name, Duration pause, Runnable task) {
        thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread daemon = new Thread(work, name);
            daemon.setDaemon(true);
            return daemon;
        });
        thread.scheduleWithFixedDelay(task, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends it without waiting for a run that is going on. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
