package dev.heddle.cli.verify;

import dev.heddle.engine.workspace.Submission;

/**
 * One record of a workspace's raw log.
 *
 * @param offset     its position in the log: the offset, and the part of a log that was moved
 * @param timeMs     its log-append time, milliseconds since 1970 UTC
 * @param submission what it says, or null where it cannot be read; such records are dead letters and decide nothing
 * @param problem    why it cannot be read, or null
 * @param others     records of other workspaces between the one before and this one, in a topic they share
 */
public record RawRecord(long offset, long timeMs, Submission submission, String problem, long others) {

    /**
     * A record that follows the one before at once.
     *
     * @param offset     its position
     * @param timeMs     its log-append time, milliseconds since 1970 UTC
     * @param submission what it says, or null
     * @param problem    why it cannot be read, or null
     */
    public RawRecord(long offset, long timeMs, Submission submission, String problem) {
        this(offset, timeMs, submission, problem, 0);
    }

    /**
     * {@return the same record behind so many of other workspaces}
     *
     * @param count how many
     */
    public RawRecord after(long count) {
        return count == others ? this : new RawRecord(offset, timeMs, submission, problem, count);
    }

    /**
     * {@return a record that can be read}
     *
     * @param submission what it says, never null
     */
    public static RawRecord of(Submission submission) {
        return new RawRecord(submission.sourceOffset(), submission.timeMs(), submission, null);
    }
}
