package dev.heddle.snapshotter.history;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Checkpoint;
import dev.heddle.snapshotter.fold.FileState;
import java.util.List;

/**
 * A point of a rebuilt history from which to go on.
 *
 * @param checkpoint the engine's state
 * @param timeMs     time of that version, milliseconds since 1970 UTC
 * @param files      all files, with who wrote what
 * @param recent     the operations just before, which later ones may stand on
 */
record Milestone(Checkpoint checkpoint, long timeMs, List<FileState> files, List<CanonicalOperation> recent) {

    Milestone {
        files = List.copyOf(files);
        recent = List.copyOf(recent);
    }

    long version() {
        return checkpoint.version();
    }
}
