package dev.heddle.gateway.runtime;

/** The process around a service: how it is told to stop and how it says that it cannot go on. */
public final class Process {

    /**
     * Runs a task when the process is told to stop, by SIGTERM or SIGINT.
     *
     * @param task the task, of bounded time
     */
    public void onStop(Runnable task) {
        Runtime.getRuntime().addShutdownHook(new Thread(task, "gateway-stop"));
    }

    /**
     * Ends the process with an error.
     *
     * @param status  the exit status, not 0
     * @param message what to tell the operator
     */
    public void fail(int status, String message) {
        System.err.println(message);
        System.exit(status);
    }
}
