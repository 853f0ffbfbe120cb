package dev.heddle.cli.verify;

import dev.heddle.engine.workspace.Submission;

/**
 * One record of a workspace's raw log.
 *
 * @param offset     its offset
 * @param timeMs     its log-append time, milliseconds since 1970 UTC
 * @param submission what it says, or null where it cannot be read; such records are dead letters and decide nothing
 * @param problem    why it cannot be read, or null
 */
public record RawRecord(long offset, long timeMs, Submission submission, String problem) {

    /**
     * {@return a record that can be read}
     *
     * @param submission what it says, never null
     */
    public static RawRecord of(Submission submission) {
        return new RawRecord(submission.sourceOffset(), submission.timeMs(), submission, null);
    }
}
