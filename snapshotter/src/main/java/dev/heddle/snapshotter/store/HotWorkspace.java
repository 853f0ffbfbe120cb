package dev.heddle.snapshotter.store;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.snapshotter.fold.FileState;
import dev.heddle.snapshotter.fold.FoldException;
import dev.heddle.snapshotter.fold.HistoryIndex;
import dev.heddle.snapshotter.fold.WorkspaceFold;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One workspace in memory: its newest state and, once somebody asked for an earlier version, an index of its history.
 * A function of the shard's stores, built when first used and thrown away when others need the room.
 *
 * <p>Any thread. The state has a lock that is held briefly, except while the workspace is being built; the stream
 * thread never waits for it ({@link #offer}). The history has its own lock, so that a read far back delays no reads
 * of now.
 */
public final class HotWorkspace {

    private static final long OVERHEAD_BYTES = 2_048;
    /** No version a store ever has. */
    private static final long NOT_AS_OF_NOW = -1;
    private static final long FILE_BYTES = 512;
    private static final long OPERATION_BYTES = 32;

    private final String workspace;
    private final ShardStores stores;
    private final Consumer<String> faultListener;
    private final Runnable loadListener;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock historyLock = new ReentrantLock();
    private volatile boolean behind;
    private volatile boolean loaded;
    private volatile long weightBytes = OVERHEAD_BYTES;
    private volatile long indexed;
    private WorkspaceFold fold;
    private Set<String> dirty;
    private long covered;
    private long oldest;
    private String fault;
    private boolean broken;
    private long loadedAt;
    private HistoryIndex index;
    private long indexOldest;

    HotWorkspace(String workspace, ShardStores stores, Consumer<String> faultListener, Runnable loadListener) {
        this.workspace = workspace;
        this.stores = stores;
        this.faultListener = faultListener;
        this.loadListener = loadListener;
    }

    /** {@return the workspace's name} */
    public String workspace() {
        return workspace;
    }

    boolean of(ShardStores someStores) {
        return stores == someStores;
    }

    /** {@return whether it has been built} */
    public boolean loaded() {
        return loaded;
    }

    /** {@return about how many bytes it takes} */
    public long weightBytes() {
        return weightBytes + indexed * OPERATION_BYTES;
    }

    /**
     * Takes in an operation that is in the store already. For the stream thread: never waits. Where another thread is
     * at work on the workspace, that thread takes the operation in from the store before it lets go.
     *
     * @param operation the operation just stored
     */
    public void offer(CanonicalOperation operation) {
        if (!loaded || !lock.tryLock()) {
            behind = true;
            settle();
            return;
        }
        try {
            if (fault == null && !behind && operation.version() == fold.version() + 1) {
                apply(operation);
            } else if (operation.version() > fold.version()) {
                catchUp();
            }
        } finally {
            release();
        }
    }

    /**
     * {@return what a function makes of the newest state; it runs under the lock and is brief}
     *
     * @param minVersion the version the state must have reached, 0 for whatever it is
     * @param function   is given the state; must not keep it
     * @param <T>        what it answers
     * @throws FaultException where that version lies beyond a fault in the log, or where the newest is asked for
     *                        (0) and there is a fault
     */
    public <T> T newest(long minVersion, Function<WorkspaceFold, T> function) {
        lock.lock();
        try {
            load();
            if (fold.version() < minVersion || fault != null || behind) {
                catchUp();
            }
            if (fault != null && (minVersion == 0 || fold.version() < minVersion)) {
                throw new FaultException(fault);
            }
            return function.apply(fold);
        } finally {
            release();
        }
    }

    /**
     * {@return what a function makes of the history; it runs under the history's lock and may take a while}
     *
     * @param version  the version asked for
     * @param select   picks from the newest state what the function needs, briefly
     * @param function is given the index, which holds every operation of that state, and what was picked
     * @param <S>      what is picked
     * @param <T>      what is answered
     */
    public <S, T> T history(long version, Function<WorkspaceFold, S> select, BiFunction<HistoryIndex, S, T> function) {
        historyLock.lock();
        try {
            long[] reached = {0, 0};
            Set<String> gone = new HashSet<>();
            S selected = newest(version, state -> {
                reached[0] = state.version();
                reached[1] = oldest;
                if (index == null || indexOldest != oldest) {
                    state.files().stream().filter(file -> file.deleted() && file.version() <= oldest)
                        .forEach(file -> gone.add(file.file()));
                }
                return select.apply(state);
            });
            if (index == null || indexOldest != reached[1]) {
                index = beginnings(reached[1], gone);
                indexOldest = reached[1];
            }
            stores.operations(workspace, Math.max(indexOldest, index.version()), reached[0], (operation, size) -> {
                index.add(operation);
                return true;
            });
            indexed = index.operations();
            return function.apply(index, selected);
        } finally {
            historyLock.unlock();
        }
    }

    /**
     * {@return an index of how each file stood when the kept history begins: its last operation up to there}
     *
     * <p>Whatever else there is of that time counts for nothing. It may be about to be removed, or it was removed and
     * came back, as of a sequencer that was frozen meanwhile, and then without what followed it.
     *
     * @param upTo the version with which the kept history begins
     * @param gone ids of the files that were deleted by then
     */
    private HistoryIndex beginnings(long upTo, Set<String> gone) {
        Map<String, byte[]> last = new HashMap<>();
        stores.touches(workspace, 0, upTo, (touch, value) -> {
            if (touch.file() != null && !gone.contains(touch.file())) {
                last.put(touch.file(), value);
            }
        });
        HistoryIndex beginnings = new HistoryIndex();
        last.values().stream().map(stores.codec()::operation)
            .sorted(Comparator.comparingLong(CanonicalOperation::version)).forEach(beginnings::add);
        return beginnings;
    }

    /** {@return the oldest version that can be read} */
    public long oldest() {
        return newest(Long.MIN_VALUE, state -> oldest);
    }

    /**
     * {@return the files changed since their last snapshot, or nothing: where none are, where operations that they
     * depend on are not there, or where another thread is at work on the workspace just now. They count as written from
     * here on.}
     */
    public Optional<SnapshotBatch> takeBatch() {
        if (!loaded || !lock.tryLock()) {
            return Optional.empty();
        }
        try {
            if (behind || broken) {
                catchUp();
            }
            // What could not be built is of no one version: written down, it would claim what it does not hold.
            if (broken || dirty.isEmpty()) {
                return Optional.empty();
            }
            List<FileState> files = shedDeleted();
            dirty.forEach(file -> files.add(fold.file(file)));
            dirty.clear();
            SnapshotBatch batch = new SnapshotBatch(workspace, fold.version(), fold.hash(), fold.timeMs(), covered,
                oldest, files);
            covered = fold.version();
            return Optional.of(batch);
        } finally {
            release();
        }
    }

    /**
     * Notes that some files of a batch could not be written: nothing more is covered than before, and they are tried
     * again with the next batch.
     *
     * @param batch   the batch
     * @param missing ids of the files left out
     */
    public void notWritten(SnapshotBatch batch, Set<String> missing) {
        lock.lock();
        try {
            covered = Math.min(covered, batch.coveredBefore());
            dirty.addAll(missing);
        } finally {
            release();
        }
    }

    /** Files deleted before anything that can be read: nobody will ask for their texts again. */
    private List<FileState> shedDeleted() {
        List<FileState> shed = new ArrayList<>();
        for (FileState file : fold.files()) {
            if (file.deleted() && file.version() <= oldest && !file.text().isEmpty()) {
                shed.add(fold.shed(file.file()));
                dirty.remove(file.file());
            }
        }
        return shed;
    }

    /** {@return whether no file changed since its last snapshot; false where not known just now} */
    public boolean clean() {
        if (!loaded || !lock.tryLock()) {
            return false;
        }
        try {
            return dirty.isEmpty() && !behind && !broken;
        } finally {
            release();
        }
    }

    /** {@return bytes of the texts of all files changed since their last snapshot; 0 where not known just now} */
    public long dirtyTextBytes() {
        if (!loaded || !lock.tryLock()) {
            return 0;
        }
        try {
            return dirty.stream().mapToLong(file -> 2L * fold.file(file).text().lengthUtf16()).sum();
        } finally {
            release();
        }
    }

    /**
     * Notes that a snapshot was read: versions below one need not be readable any more, and what could not be built for
     * want of it is built again when it is next asked for.
     *
     * @param version the oldest version to be readable as the snapshot says
     */
    public void snapshotRead(long version) {
        lock.lock();
        try {
            oldest = Math.max(oldest, version);
            if (broken) {
                loadedAt = NOT_AS_OF_NOW;
            }
        } finally {
            release();
        }
    }

    /** Builds the workspace where that has not been done. */
    public void prepare() {
        newest(Long.MIN_VALUE, state -> null);
    }

    private void load() {
        if (loaded) {
            return;
        }
        behind = false;
        loadedAt = stores.newestVersion(workspace);
        LoadedWorkspace found = WorkspaceLoader.load(workspace, stores);
        fold = found.fold();
        dirty = found.dirty();
        covered = found.covered();
        oldest = Math.max(oldest, found.oldest());
        broken = found.fault() != null;
        if (found.late()) {
            fault = found.fault();
        } else {
            report(found.fault());
        }
        weigh();
        loaded = true;
        loadListener.run();
    }

    /** Takes in what the store has; a workspace that could not be built is built again where the store has more. */
    private void catchUp() {
        behind = false;
        if (broken) {
            if (stores.newestVersion(workspace) != loadedAt) {
                loaded = false;
                load();
            }
            return;
        }
        boolean[] fits = {true};
        stores.operations(workspace, fold.version(), Long.MAX_VALUE, (operation, size) -> {
            fits[0] = apply(operation);
            return fits[0];
        });
        if (fits[0]) {
            fault = null;
        }
    }

    private boolean apply(CanonicalOperation operation) {
        try {
            fold.apply(operation);
        } catch (FoldException misfit) {
            report(misfit.getMessage());
            return false;
        }
        if (operation.file() != null) {
            // Taken out first, so that the order is that of the last change.
            dirty.remove(operation.file());
            dirty.add(operation.file());
        }
        weigh();
        return true;
    }

    private void weigh() {
        weightBytes = OVERHEAD_BYTES + fold.textBytes() + fold.fileCount() * FILE_BYTES;
    }

    private void report(String message) {
        if (message != null && !message.equals(fault)) {
            faultListener.accept(message);
        }
        fault = message;
    }

    private void release() {
        lock.unlock();
        settle();
    }

    /** Whoever lets go looks once more whether an operation came meanwhile, so that none is left behind. */
    private void settle() {
        while (behind && loaded && !lock.isHeldByCurrentThread() && lock.tryLock()) {
            try {
                catchUp();
            } finally {
                lock.unlock();
            }
        }
    }
}
