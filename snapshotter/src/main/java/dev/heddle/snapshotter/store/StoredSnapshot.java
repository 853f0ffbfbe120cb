package dev.heddle.snapshotter.store;

import dev.heddle.engine.workspace.Hash;
import dev.heddle.snapshotter.fold.FileState;
import java.util.Objects;

/**
 * One record of the snapshot topic: a file as of a version, and what the record says of its workspace.
 *
 * @param workspace the workspace's name
 * @param state     the file
 * @param version   the workspace version it is as of
 * @param chainHash the hash of that version
 * @param timeMs    the time of that version, milliseconds since 1970 UTC
 * @param covered   every operation up to this version is in some snapshot at or before this record in the topic
 * @param oldest    the oldest version that can be rebuilt from the canonical topic; at most {@code covered}
 */
public record StoredSnapshot(String workspace, FileState state, long version, Hash chainHash, long timeMs,
                             long covered, long oldest) {

    /** Checks that the required parts are there. */
    public StoredSnapshot {
        Objects.requireNonNull(workspace, "workspace");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(chainHash, "chainHash");
    }
}
