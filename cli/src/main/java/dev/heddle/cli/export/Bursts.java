package dev.heddle.cli.export;

import dev.heddle.cli.history.LoggedOperation;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Cuts a log into bursts: operations in a row by one author, none more than five minutes after the one before. A burst
 * becomes one commit. One thread.
 */
final class Bursts {

    /** Longest pause within a burst, in milliseconds. */
    static final long PAUSE_MAX_MS = 5 * 60 * 1_000;

    private Burst open;

    /**
     * One burst.
     *
     * @param author  who wrote it
     * @param first   its first operation's version
     * @param last    its last operation
     * @param startMs time of its first operation
     * @param paths   paths it touched, as of its end
     */
    record Burst(String author, long first, LoggedOperation last, long startMs, Set<String> paths) {

        /** {@return the subject line of its commit} */
        String subject() {
            return paths.isEmpty() ? "Nothing visible" : paths.size() == 1 ? "Edit " + paths.iterator().next()
                : "Edit " + paths.size() + " files";
        }
    }

    /**
     * {@return the burst that ends before this operation, or null where it belongs to the open one}
     *
     * @param operation the next operation
     */
    Burst next(LoggedOperation operation) {
        boolean same = open != null && open.author().equals(operation.author())
            && operation.timeMs() - open.last().timeMs() <= PAUSE_MAX_MS;
        Burst ended = same ? null : open;
        Set<String> paths = same ? open.paths() : new LinkedHashSet<>();
        if (operation.path() != null) {
            paths.add(operation.path());
        }
        open = new Burst(operation.author(), same ? open.first() : operation.version(), operation,
            same ? open.startMs() : operation.timeMs(), paths);
        return ended;
    }

    /** {@return the burst that the end of the log ends, or null where there is none} */
    Burst end() {
        Burst ended = open;
        open = null;
        return ended;
    }
}
