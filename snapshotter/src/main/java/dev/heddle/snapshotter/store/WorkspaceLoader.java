package dev.heddle.snapshotter.store;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.snapshotter.fold.FileFold;
import dev.heddle.snapshotter.fold.FileState;
import dev.heddle.snapshotter.fold.FoldException;
import dev.heddle.snapshotter.fold.WorkspaceFold;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Builds a workspace from stored snapshots and the operations after them.
 *
 * <p>Snapshots of one workspace need not be as of one version: a batch may have been cut off by a crash, and files that
 * did not change are not written again. So each file is first brought forward to the newest version any snapshot
 * is as of, and from there the whole workspace goes on as one.
 */
final class WorkspaceLoader {

    /**
     * Covered versions that are looked at again, in case a writer that had lost the shard without knowing it put an
     * older snapshot over a newer one and the owner fell before it could write the newer one again.
     */
    static final long RECHECKED_VERSIONS = 1_024;

    private final String workspace;
    private final ShardStores stores;
    private final Map<String, FileState> files = new HashMap<>();
    private final Map<String, Long> storedVersions = new HashMap<>();
    private final Map<String, Long> asOf = new HashMap<>();
    private long covered;
    private long oldest;
    private long meeting;
    private Hash hash = Hash.ZERO;
    private long timeMs;
    private String fault;
    private boolean late;

    private WorkspaceLoader(String workspace, ShardStores stores) {
        this.workspace = workspace;
        this.stores = stores;
    }

    /**
     * {@return the workspace; what is wrong with its log is in the answer, not thrown}
     *
     * @param workspace the workspace's name
     * @param stores    the shard's stores
     */
    static LoadedWorkspace load(String workspace, ShardStores stores) {
        return new WorkspaceLoader(workspace, stores).load();
    }

    private LoadedWorkspace load() {
        try {
            stores.snapshots(workspace, this::take);
            checkTrimmed();
            if (fault == null) {
                bringForward();
            }
        } catch (FoldException misfit) {
            fault = misfit.getMessage();
        }
        WorkspaceFold fold = new WorkspaceFold(workspace, meeting, hash, timeMs, files.values());
        if (fault == null) {
            foldRest(fold);
        }
        return new LoadedWorkspace(fold, dirty(fold), covered, oldest, fault, late);
    }

    private void take(StoredSnapshot snapshot) {
        String file = snapshot.state().file();
        files.put(file, snapshot.state());
        storedVersions.put(file, snapshot.state().version());
        asOf.put(file, snapshot.version());
        covered = Math.max(covered, snapshot.covered());
        oldest = Math.max(oldest, snapshot.oldest());
        if (snapshot.version() > meeting) {
            meeting = snapshot.version();
            hash = snapshot.chainHash();
            timeMs = snapshot.timeMs();
        }
    }

    /** Of every file, the last operation before the kept history is kept: no snapshot may be older than that. */
    private void checkTrimmed() {
        Map<String, Touch> last = new HashMap<>();
        stores.touches(workspace, 0, oldest, (touch, value) -> {
            if (touch.file() != null) {
                last.put(touch.file(), touch);
            }
        });
        for (Touch touch : last.values()) {
            Long stored = asOf.get(touch.file());
            if (stored == null || stored < touch.version()) {
                fault = "workspace " + workspace + ": file " + touch.file() + " was changed at version "
                    + touch.version() + ", but its snapshot is " + (stored == null ? "missing" : "of " + stored)
                    + " and the operations between may be gone";
            }
        }
    }

    private void bringForward() {
        long from = Math.max(oldest, covered - RECHECKED_VERSIONS);
        long[] expected = {covered + 1};
        stores.operations(workspace, from, meeting, (operation, size) -> {
            if (operation.version() > covered && operation.version() != expected[0]++) {
                fault = gap(expected[0] - 1, operation.version());
                return false;
            }
            bringForward(operation);
            return true;
        });
        if (fault == null && expected[0] <= meeting) {
            // After a crash a snapshot may be read again before the operations it holds are.
            late = stores.newestVersion(workspace) < meeting;
            fault = late ? "workspace " + workspace + ": versions " + expected[0] + " to " + meeting
                + ", which a snapshot holds, are still to be read" : gap(expected[0], meeting + 1);
        }
    }

    private void bringForward(CanonicalOperation operation) {
        String file = operation.file();
        if (file != null && operation.version() > asOf.getOrDefault(file, 0L)) {
            files.put(file, FileFold.forwards(files.get(file), operation));
        }
    }

    private void foldRest(WorkspaceFold fold) {
        try {
            stores.operations(workspace, meeting, Long.MAX_VALUE, (operation, size) -> {
                fold.apply(operation);
                return true;
            });
        } catch (FoldException misfit) {
            fault = misfit.getMessage();
        }
    }

    private Set<String> dirty(WorkspaceFold fold) {
        Set<String> dirty = new LinkedHashSet<>();
        fold.files().stream()
            .filter(file -> file.version() > storedVersions.getOrDefault(file.file(), 0L))
            .sorted(Comparator.comparingLong(FileState::version))
            .forEach(file -> dirty.add(file.file()));
        return dirty;
    }

    private String gap(long first, long next) {
        return "workspace " + workspace + ": versions " + first + " to " + (next - 1)
            + " are missing from the canonical log; a gap is a bug";
    }
}
