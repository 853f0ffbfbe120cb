package dev.heddle.snapshotter.processor;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.snapshotter.fold.FoldException;
import dev.heddle.snapshotter.store.ShardStores;
import dev.heddle.snapshotter.store.StoredSnapshot;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Looks through a shard that was just taken over for what its last owner left undone: operations that no snapshot
 * holds, and operations that were to be trimmed. Costs a few reads per workspace, however long its log is.
 */
final class UncoveredScan {

    private static final int NOOPS_SKIPPED_MAX = 64;

    private UncoveredScan() {
    }

    /**
     * Looks through all workspaces.
     *
     * @param stores    the shard's stores
     * @param uncovered is told of each workspace with operations newer than its snapshots
     * @param trimmed   is told of each workspace whose snapshots allow trimming, and up to which version
     */
    static void run(ShardStores stores, Consumer<String> uncovered, BiConsumer<String, Long> trimmed) {
        stores.workspaces(null, workspace -> {
            try {
                look(stores, workspace, uncovered, trimmed);
            } catch (FoldException unreadable) {
                // Found again, and reported, as soon as somebody reads the workspace.
                uncovered.accept(workspace);
            }
            return true;
        });
    }

    private static void look(ShardStores stores, String workspace, Consumer<String> uncovered,
                             BiConsumer<String, Long> trimmed) {
        CanonicalOperation newest = newestOnFile(stores, workspace);
        StoredSnapshot snapshot = newest == null ? null : stores.snapshot(workspace, newest.file());
        if (newest != null && (snapshot == null || snapshot.covered() < newest.version())) {
            uncovered.accept(workspace);
        }
        if (snapshot != null && snapshot.oldest() > 0) {
            trimmed.accept(workspace, snapshot.oldest());
        }
    }

    private static CanonicalOperation newestOnFile(ShardStores stores, String workspace) {
        long version = stores.newestVersion(workspace);
        AtomicReference<CanonicalOperation> newest = new AtomicReference<>();
        stores.operations(workspace, Math.max(0, version - NOOPS_SKIPPED_MAX), version, (operation, size) -> {
            if (operation.file() != null) {
                newest.set(operation);
            }
            return true;
        });
        return newest.get();
    }
}
