package dev.heddle.snapshotter.read;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.snapshotter.fold.FileState;
import dev.heddle.snapshotter.fold.FileVersion;
import dev.heddle.snapshotter.fold.HistoryIndex;
import dev.heddle.snapshotter.fold.WorkspaceFold;
import dev.heddle.snapshotter.history.HistoryException;
import dev.heddle.snapshotter.history.PastState;
import dev.heddle.snapshotter.history.Rebuilder;
import dev.heddle.snapshotter.store.FaultException;
import dev.heddle.snapshotter.store.HotWorkspace;
import dev.heddle.snapshotter.store.Shard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The reads of one workspace on the instance that holds its shard. May read from disk and take a while: for worker
 * threads. Every answer is of one version. Public for the simulation, which reads without HTTP.
 */
public final class WorkspaceReader {

    /**
     * The head of a workspace.
     *
     * @param version       newest version
     * @param hash          its hash, 64 hex digits
     * @param timeMs        its time, milliseconds since 1970 UTC, 0 for version 0
     * @param oldestVersion oldest version that can be read
     */
    public record Head(long version, String hash, long timeMs, long oldestVersion) {
    }

    /**
     * The live files as of a version.
     *
     * @param version the version
     * @param files   sorted by path
     */
    public record Tree(long version, List<FileVersion> files) {
    }

    /**
     * A live file as of a version.
     *
     * @param version the version
     * @param state   the file; without runs where it is not the newest version
     */
    public record FileAt(long version, FileState state) {
    }

    /**
     * A page of operations.
     *
     * @param operations the operations, in order
     * @param next       read on after this version; null where there are no more yet
     * @param version    newest version
     */
    public record Page(List<CanonicalOperation> operations, Long next, long version) {
    }

    /**
     * One file as of two versions; a state is null where the file did not exist, or was deleted.
     *
     * @param from   the first version
     * @param before the file then
     * @param to     the second version
     * @param after  the file then
     */
    public record Comparison(long from, FileState before, long to, FileState after) {
    }

    private final Shard shard;
    private final String name;
    private final HotWorkspace workspace;
    private final Rebuilder rebuilder;

    /**
     * Reads of a workspace.
     *
     * @param shard     the shard that holds it
     * @param name      its name
     * @param rebuilder rebuilds what is older than kept; null to have {@link TooOldException} thrown instead
     */
    public WorkspaceReader(Shard shard, String name, Rebuilder rebuilder) {
        this.rebuilder = rebuilder;
        this.shard = shard;
        this.name = name;
        this.workspace = shard.workspace(name);
    }

    /**
     * {@return the newest state}
     *
     * @param query what is asked for
     * @throws ReadException where it cannot be answered
     */
    public Head head(ReadQuery query) {
        long oldest = workspace.oldest();
        return workspace.newest(query.minVersion(), fold ->
            new Head(fold.version(), fold.hash().hex(), fold.timeMs(), oldest));
    }

    /**
     * {@return the live files as of a version}
     *
     * @param query what is asked for
     * @throws ReadException where it cannot be answered
     */
    public Tree tree(ReadQuery query) {
        try {
            return keptTree(query);
        } catch (TooOldException old) {
            PastState past = rebuilt(old);
            return new Tree(past.version(), live(past.files()));
        }
    }

    private Tree keptTree(ReadQuery query) {
        Long version = resolve(query);
        if (version == null) {
            return newestTree(query.minVersion());
        }
        return workspace.history(version, WorkspaceFold::files, (index, newest) -> {
            Map<String, FileState> byId = new HashMap<>();
            newest.forEach(state -> byId.put(state.file(), state));
            return new Tree(version, sorted(index.treeAt(version, byId::get)));
        });
    }

    private Tree newestTree(long minVersion) {
        long[] version = {0};
        List<FileState> files = workspace.newest(minVersion, fold -> {
            version[0] = fold.version();
            return fold.files();
        });
        return new Tree(version[0], live(files));
    }

    private static List<FileVersion> live(List<FileState> files) {
        List<FileVersion> tree = new ArrayList<>(files.size());
        for (FileState file : files) {
            if (!file.deleted()) {
                tree.add(new FileVersion(file.file(), file.path(), file.text().lengthCodePoints(), file.version()));
            }
        }
        return sorted(tree);
    }

    private PastState rebuilt(TooOldException old) {
        if (rebuilder == null) {
            throw old;
        }
        try {
            return rebuilder.at(name, old.version(), old.atMs(), this::known);
        } catch (HistoryException failed) {
            throw ReadException.unavailable(failed.getMessage());
        }
    }

    /** What is kept of what is older than kept: the last operation of each file before. */
    private Map<Long, Hash> known(long after, long upTo) {
        return shard.stores().hashes(name, after, Math.min(upTo, workspace.oldest()));
    }

    private static List<FileVersion> sorted(List<FileVersion> files) {
        files.sort(Comparator.comparing(FileVersion::path));
        return files;
    }

    /**
     * {@return a live file as of a version}
     *
     * @param query    what is asked for
     * @param selector which file
     * @throws ReadException where it cannot be answered, or there is no such file
     */
    public FileAt file(ReadQuery query, FileSelector selector) {
        return file(query, selector, false);
    }

    private FileAt find(ReadQuery query, FileSelector selector, boolean withRuns) {
        try {
            Long version = resolve(query);
            return version == null ? newestFile(query.minVersion(), selector) : fileAt(version, selector, withRuns);
        } catch (TooOldException old) {
            return find(rebuilt(old), selector);
        }
    }

    private static FileAt find(PastState past, FileSelector selector) {
        FileState best = null;
        for (FileState file : past.files()) {
            boolean meant = selector.file() != null ? file.file().equals(selector.file())
                : file.path().equals(selector.path());
            boolean better = best == null || !file.deleted() || best.deleted() && file.version() > best.version();
            if (meant && better) {
                best = file;
            }
        }
        return new FileAt(past.version(), best);
    }

    private FileAt file(ReadQuery query, FileSelector selector, boolean withRuns) {
        FileAt found = find(query, selector, withRuns);
        if (found.state() == null) {
            throw ReadException.of(RejectionCode.UNKNOWN_FILE, "file " + selector + " does not exist in workspace "
                + name + " at version " + found.version());
        }
        if (found.state().deleted()) {
            throw ReadException.of(RejectionCode.FILE_DELETED, "file " + selector + " of workspace " + name
                + " was deleted at version " + found.state().version());
        }
        return found;
    }

    /** The file of the second version, or where it does not exist then that of the first, as of both. */
    Comparison compare(ReadQuery query, long from, FileSelector selector) {
        FileAt second = fileOrNothing(query, selector);
        long to = second.version();
        FileState after = second.state();
        FileSelector same = after == null ? selector : FileSelector.ofFile(after.file());
        FileState before = fileOrNothing(query.at(from), same).state();
        if (after == null && before == null) {
            throw ReadException.of(RejectionCode.UNKNOWN_FILE, "file " + selector + " exists in workspace " + name
                + " neither at version " + from + " nor at version " + to);
        }
        if (after == null) {
            after = fileOrNothing(query.at(to), FileSelector.ofFile(before.file())).state();
        }
        return new Comparison(from, before, to, after);
    }

    private FileAt fileOrNothing(ReadQuery query, FileSelector selector) {
        FileAt found = find(query, selector, false);
        boolean there = found.state() != null && !found.state().deleted();
        return there ? found : new FileAt(found.version(), null);
    }

    FileAt blame(ReadQuery query, FileSelector selector) {
        FileAt found = file(query, selector, true);
        if (found.state().runs() != null) {
            return found;
        }
        // The file is older than the kept history, so who wrote what of it then is in the raw log only.
        return find(rebuilt(new TooOldException(found.version(), Long.MAX_VALUE, "who wrote file " + selector
            + " of workspace " + name + " as of version " + found.version() + " is no longer kept")),
            FileSelector.ofFile(found.state().file()));
    }

    private FileAt newestFile(long minVersion, FileSelector selector) {
        return workspace.newest(minVersion, fold -> {
            FileState state = selector.file() != null ? fold.file(selector.file()) : fold.fileAt(selector.path());
            boolean gone = state == null && selector.path() != null;
            return new FileAt(fold.version(), gone ? fold.deletedAt(selector.path()) : state);
        });
    }

    private FileAt fileAt(long version, FileSelector selector, boolean withRuns) {
        String file = selector.file() != null ? selector.file()
            : workspace.history(version, fold -> null, (index, none) -> index.fileOf(version, selector.path()));
        return file == null ? new FileAt(version, null)
            : workspace.history(version, fold -> fold.file(file),
                (index, newest) -> new FileAt(version, stateAt(index, newest, version, withRuns)));
    }

    private FileState stateAt(HistoryIndex index, FileState newest, long version, boolean withRuns) {
        return newest == null ? null : index.fileAt(version, newest, withRuns, this::operation);
    }

    private CanonicalOperation operation(long version) {
        CanonicalOperation operation = shard.stores().operation(name, version);
        if (operation == null) {
            throw ReadException.unavailable("version " + version + " of workspace " + name
                + " is no longer in the canonical log; try again");
        }
        return operation;
    }

    /** The version asked for where it is not the newest, once it is known that it can be read. */
    private Long resolve(ReadQuery query) {
        if (query.version() == null && query.atMs() == null) {
            return null;
        }
        long oldest = workspace.oldest();
        long reached = reached(query);
        long version = query.version() != null ? query.version() : versionAt(query.atMs(), oldest, reached);
        if (version > reached) {
            throwFault();
            throw ReadException.of(RejectionCode.BASE_IN_FUTURE, "version " + version + " of workspace "
                + name + " does not exist (expected: up to " + reached + ")");
        }
        if (version < oldest) {
            throw new TooOldException(version, Long.MAX_VALUE, "version " + version + " of workspace " + name
                + " is no longer kept (expected: from " + oldest + ")");
        }
        return version == reached ? null : version;
    }

    /** The last version up to a time. Times are those of the raw log, which one broker at a time appends to. */
    private long versionAt(long atMs, long oldest, long reached) {
        long low = oldest;
        long high = reached;
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            if (operation(middle).timeMs() <= atMs) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        if (low == oldest && oldest > 0) {
            CanonicalOperation last = shard.stores().operation(name, oldest);
            if (last == null || last.timeMs() > atMs) {
                throw new TooOldException(oldest, atMs, "workspace " + name + " at " + Instant.ofEpochMilli(atMs)
                    + " is no longer kept (expected: from " + Instant.ofEpochMilli(operation(oldest + 1).timeMs())
                    + ")");
            }
        }
        return low;
    }

    /** How far the fold came, whether or not there is a fault behind it. */
    private long reached(ReadQuery query) {
        return workspace.newest(query.minVersion() == 0 ? Long.MIN_VALUE : query.minVersion(), WorkspaceFold::version);
    }

    private void throwFault() {
        workspace.newest(0, WorkspaceFold::version);
    }

    /**
     * {@return kept operations after a version, in order and without a hole}
     *
     * @param query    what is asked for
     * @param after    the version
     * @param limit    how many at most, 1 or more
     * @param bytesMax encoded bytes beyond which no further one is added
     * @throws ReadException  where they are not kept
     * @throws FaultException where one is missing
     */
    public Page operations(ReadQuery query, long after, int limit, long bytesMax) {
        long oldest = workspace.oldest();
        if (after < oldest) {
            throw ReadException.of(RejectionCode.BASE_TOO_OLD, "operations after version " + after
                + " of workspace " + name + " are no longer kept (expected: from " + oldest + ")");
        }
        long reached = reached(query);
        if (after >= reached) {
            throwFault();
            if (after > reached) {
                throw ReadException.of(RejectionCode.BASE_IN_FUTURE, "version " + after + " of workspace " + name
                    + " does not exist (expected: up to " + reached + ")");
            }
        }
        List<CanonicalOperation> page = new ArrayList<>();
        long[] bytes = {0};
        shard.stores().operations(name, after, reached, (operation, size) -> {
            page.add(operation);
            bytes[0] += size;
            return page.size() < limit && bytes[0] < bytesMax;
        });
        long last = after + page.size();
        if (!page.isEmpty() && page.get(page.size() - 1).version() != last) {
            throw new FaultException("workspace " + name + ": versions are missing between " + after + " and "
                + page.get(page.size() - 1).version());
        }
        return new Page(page, last < reached ? last : null, reached);
    }
}
