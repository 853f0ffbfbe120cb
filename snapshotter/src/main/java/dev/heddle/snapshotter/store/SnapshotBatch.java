package dev.heddle.snapshotter.store;

import dev.heddle.engine.workspace.Hash;
import dev.heddle.snapshotter.fold.FileState;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a workspace to be written as snapshots, all as of one version.
 *
 * <p>Only the last record says that the version is covered, and the records of a shard keep their order: so wherever a
 * crash cuts the batch off, what the topic says of coverage is true.
 *
 * @param workspace       the workspace's name
 * @param version         the version they are as of
 * @param hash            its hash
 * @param timeMs          its time, milliseconds since 1970 UTC
 * @param coveredBefore   what earlier records cover
 * @param oldestBefore    the oldest version readable according to earlier records
 * @param files           the files, in order of their last change, at least one
 */
public record SnapshotBatch(String workspace, long version, Hash hash, long timeMs, long coveredBefore,
                            long oldestBefore, List<FileState> files) {

    /** Copies the list. */
    public SnapshotBatch {
        files = List.copyOf(files);
    }

    /**
     * {@return the records, in the order in which they must be sent}
     *
     * @param written the files that are written; where some are left out, nothing more is covered than before
     * @param oldest  the oldest version to be readable once the whole batch is durable
     */
    public List<StoredSnapshot> records(List<FileState> written, long oldest) {
        List<StoredSnapshot> records = new ArrayList<>(written.size());
        for (int i = 0; i < written.size(); i++) {
            boolean covers = i == written.size() - 1 && written.size() == files.size();
            records.add(record(written.get(i), covers ? version : coveredBefore, covers ? oldest : oldestBefore));
        }
        return records;
    }

    /**
     * {@return the record of one file that says no more than earlier ones about what is covered}
     *
     * @param file the file
     */
    public StoredSnapshot record(FileState file) {
        return record(file, coveredBefore, oldestBefore);
    }

    private StoredSnapshot record(FileState file, long covered, long oldest) {
        return new StoredSnapshot(workspace, file, version, hash, timeMs, covered, oldest);
    }
}
