package dev.heddle.snapshotter.history;

import dev.heddle.engine.workspace.Hash;
import dev.heddle.snapshotter.fold.FileState;
import java.util.List;
import java.util.Objects;

/**
 * A workspace as of an earlier version.
 *
 * @param version the version
 * @param hash    its hash
 * @param files   all files, deleted ones included
 */
public record PastState(long version, Hash hash, List<FileState> files) {

    /** Copies the list. */
    public PastState {
        Objects.requireNonNull(hash, "hash");
        files = List.copyOf(files);
    }
}
