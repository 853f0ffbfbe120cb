package dev.heddle.gateway.room;

import java.util.concurrent.Executor;

/** The one thread a room runs on at a time: tasks run in the order they were given. */
public interface RoomLoop extends Executor {

    /**
     * Runs a task later, on the same thread.
     *
     * @param delayMs how much later, in milliseconds, 1 or more
     * @param task    the task
     */
    void after(long delayMs, Runnable task);
}
