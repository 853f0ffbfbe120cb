package dev.heddle.snapshotter.history;

import dev.heddle.snapshotter.store.StoreClosedException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps points of histories while they pass out of the canonical log, so that no read of a version of long ago has to
 * be the first to walk there. It has a thread of its own, works on one workspace at a time and does nothing where a
 * point is near enough; what it leaves undone costs a later read time and nothing else. Any thread.
 */
public final class MilestoneKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MilestoneKeeper.class);

    private final Rebuilder rebuilder;
    private final Function<String, Rebuilder.Proof> proofs;
    private final ConcurrentMap<String, Long> wanted = new ConcurrentHashMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread worker = new Thread(work, "heddle-snapshotter-milestones");
        worker.setDaemon(true);
        return worker;
    });

    /**
     * A keeper that has nothing to do yet.
     *
     * @param rebuilder walks over histories
     * @param proofs    what is known for certain of a workspace
     */
    public MilestoneKeeper(Rebuilder rebuilder, Function<String, Rebuilder.Proof> proofs) {
        this.rebuilder = rebuilder;
        this.proofs = proofs;
    }

    /**
     * Notes that versions of a workspace need not be in the canonical log any more.
     *
     * @param workspace the workspace's name
     * @param version   the newest of them
     */
    public void passed(String workspace, long version) {
        if (wanted.merge(workspace, version, Math::max) == version && !thread.isShutdown()) {
            thread.execute(() -> keep(workspace));
        }
    }

    private void keep(String workspace) {
        Long version = wanted.remove(workspace);
        if (version == null) {
            return;
        }
        try {
            rebuilder.keep(workspace, version, proofs.apply(workspace));
        } catch (RuntimeException failed) {
            report(workspace, version, failed);
        }
    }

    private void report(String workspace, long version, RuntimeException failed) {
        if (thread.isShutdown() || failed instanceof InterruptException || failed instanceof StoreClosedException) {
            log.debug("stopped while keeping points of workspace {}", workspace, failed);
        } else if (failed instanceof HistoryException || failed instanceof KafkaException) {
            log.warn("no points are kept of the history of workspace {} up to version {}: {}", workspace, version,
                failed.getMessage());
        } else {
            log.error("no points are kept of the history of workspace {} up to version {}", workspace, version, failed);
        }
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
