package dev.heddle.testkit.chaos;

/**
 * Something that was done to a process.
 *
 * @param kind       what
 * @param role       what the process is
 * @param index      which of its role, from 0
 * @param nanos      when, of {@link System#nanoTime()}
 * @param durationMs how long it lasted: the pause, or the time until the process was started again, in milliseconds
 */
public record Fault(Kind kind, Cluster.Role role, int index, long nanos, long durationMs) {

    /** What can be done to a process. */
    public enum Kind {
        /** {@code kill -9}, then started again. */
        KILL,
        /** SIGTERM, then started again once it has ended. */
        TERMINATE,
        /** SIGSTOP for less than the session timeout, then SIGCONT. */
        PAUSE,
        /** SIGSTOP for longer than the session timeout, so that others take over, then SIGCONT. */
        LONG_PAUSE
    }
}
