package dev.heddle.cli.verify;

import java.util.Objects;

/**
 * One snapshot of a file, with its text reduced to its length and hash so that many fit in memory.
 *
 * @param position         where it stands in the log: an offset, or a line of a file
 * @param key              id of the file its key says
 * @param file             id of the file it says
 * @param path             the file's path
 * @param deleted          whether the file is deleted
 * @param version          the workspace version it is as of
 * @param fileVersion      version of the file's last change
 * @param lengthCodePoints length of its text
 * @param textHash         SHA-256 of the text it holds in UTF-8, as computed from it, 64 hex digits
 * @param statedHash       the same as it says
 * @param deletedTextHash  SHA-256 of the text the file had when it was deleted, or null where it says none
 * @param chainHash        hash of the canonical operation of its version as it says
 * @param timeMs           time of that operation as it says
 * @param oldest           the oldest version that can be rebuilt from the canonical log, as it says
 * @param runsHash         {@link RunsHash} of who it says wrote what; null where it does not say
 * @param problem          why it cannot be read, or null; then all else but position and key is empty
 */
public record SnapshotRecord(long position, String key, String file, String path, boolean deleted, long version,
                             long fileVersion, long lengthCodePoints, String textHash, String statedHash,
                             String deletedTextHash, String chainHash, long timeMs, long oldest, String runsHash,
                             String problem) {

    /** Checks that the key is there. */
    public SnapshotRecord {
        Objects.requireNonNull(key, "key");
    }

    /**
     * {@return a record that cannot be read}
     *
     * @param position where it stands
     * @param key      id of the file its key says
     * @param problem  why it cannot be read
     */
    public static SnapshotRecord unreadable(long position, String key, String problem) {
        return new SnapshotRecord(position, key, null, null, false, 0, 0, 0, null, null, null, null, 0, 0, null,
            Objects.requireNonNull(problem, "problem"));
    }
}
