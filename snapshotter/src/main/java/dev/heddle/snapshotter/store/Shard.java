package dev.heddle.snapshotter.store;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.snapshotter.metrics.SnapshotterMetrics;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shard as this instance holds it: its stores, its workspaces in memory, how far it was folded and who waits for
 * more. The fold calls it from the stream thread, reads from any other.
 */
public final class Shard implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Shard.class);

    private final ShardStores stores;
    private final HotWorkspaces hot;
    private final SnapshotterMetrics metrics;
    private final Waiters waiters = new Waiters();
    private final AtomicLong foldedOffset = new AtomicLong();

    Shard(ShardStores stores, HotWorkspaces hot, SnapshotterMetrics metrics) {
        this.stores = stores;
        this.hot = hot;
        this.metrics = metrics;
    }

    /** {@return its partition of the canonical topic} */
    public int partition() {
        return stores.partition();
    }

    /** {@return its stores} */
    public ShardStores stores() {
        return stores;
    }

    /** {@return the offset below which everything in its partition of the canonical topic was folded} */
    public long foldedOffset() {
        return foldedOffset.get();
    }

    /** {@return how many reads wait for it} */
    public int waiting() {
        return waiters.waiting();
    }

    /**
     * {@return the workspace in memory; not built yet where it was not held}
     *
     * @param workspace its name
     */
    public HotWorkspace workspace(String workspace) {
        return hot.get(workspace, stores,
            () -> new HotWorkspace(workspace, stores, this::reportFault, metrics::workspaceLoaded));
    }

    /**
     * {@return the newest version stored of a workspace, 0 where there is none}
     *
     * @param workspace its name
     */
    public long version(String workspace) {
        return stores.newestVersion(workspace);
    }

    /**
     * Takes in an operation that is in the store already. Stream thread.
     *
     * @param operation the operation
     */
    public void folded(CanonicalOperation operation) {
        HotWorkspace workspace = hot.find(operation.workspace());
        if (workspace != null && workspace.of(stores)) {
            workspace.offer(operation);
        }
        waiters.versionReached(operation.workspace(), operation.version());
    }

    /**
     * Notes that everything below an offset was folded. Any thread; going back is ignored.
     *
     * @param offset the offset
     */
    public void reached(long offset) {
        waiters.offsetReached(foldedOffset.accumulateAndGet(offset, Math::max));
    }

    /**
     * Notes that a snapshot of a workspace is in the store. Stream thread.
     *
     * @param workspace its name
     * @param oldest    the oldest version to be readable as it says
     */
    public void snapshotRead(String workspace, long oldest) {
        HotWorkspace held = hot.find(workspace);
        if (held != null && held.of(stores)) {
            held.snapshotRead(oldest);
        }
    }

    /**
     * {@return a future that is done once everything below an offset was folded; fails when the shard is given up}
     *
     * @param offset the offset
     */
    public CompletableFuture<Void> awaitOffset(long offset) {
        return waiters.awaitOffset(offset, this::foldedOffset);
    }

    /**
     * {@return a future that is done once a workspace has a version; fails when the shard is given up}
     *
     * @param workspace its name
     * @param version   the version
     */
    public CompletableFuture<Void> awaitVersion(String workspace, long version) {
        return waiters.awaitVersion(workspace, version, () -> version(workspace));
    }

    /**
     * Takes a waiter out that has given up.
     *
     * @param workspace what it was waiting for: a workspace's version, or null for an offset
     * @param reached   its future
     */
    public void forget(String workspace, CompletableFuture<Void> reached) {
        waiters.forget(workspace, reached);
    }

    private void reportFault(String message) {
        metrics.faultFound();
        log.error("{}", message);
    }

    /** Gives the shard up: reads under way end first, all who wait are told. */
    @Override
    public void close() {
        hot.drop(stores);
        stores.close();
        waiters.failAll(new StoreClosedException(partition()));
    }
}
