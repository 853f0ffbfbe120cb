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

    private static final long OPERATION_BYTES = 512;
    private static final long FILE_BYTES = 256;
    private static final long RUN_BYTES = 64;

    Milestone {
        files = List.copyOf(files);
        recent = List.copyOf(recent);
    }

    long version() {
        return checkpoint.version();
    }

    /** {@return about the bytes it takes in memory, had it to be held alone} */
    long weightBytes() {
        long bytes = recent.size() * OPERATION_BYTES;
        for (FileState file : files) {
            bytes += FILE_BYTES + 2L * file.text().lengthUtf16()
                + (file.runs() == null ? 0 : file.runs().count() * RUN_BYTES);
        }
        return bytes;
    }
}
