package dev.heddle.snapshotter.fold;

import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.engine.workspace.HashChain;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.TextRuns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The newest state of one workspace: the fold of its canonical log. One thread at a time; the states it hands out are
 * immutable.
 *
 * <p>Unlike the engine's {@code WorkspaceImage} it keeps who wrote what, and the text a deleted file had, because
 * earlier versions are rebuilt backwards from here.
 */
public final class WorkspaceFold {

    private final String workspace;
    private final Map<String, FileState> files = new HashMap<>();
    private final Map<String, String> fileByPath = new HashMap<>();
    private long version;
    private Hash hash;
    private long timeMs;
    private long textBytes;

    /**
     * A fold that goes on from stored files.
     *
     * @param workspace the workspace's name
     * @param version   the version all files are as of, 0 for an empty workspace
     * @param hash      the hash of that version, {@link Hash#ZERO} for 0
     * @param timeMs    the time of that version, milliseconds since 1970 UTC, 0 for version 0
     * @param files     the files, deleted ones included
     */
    public WorkspaceFold(String workspace, long version, Hash hash, long timeMs, Collection<FileState> files) {
        this.workspace = Objects.requireNonNull(workspace, "workspace");
        this.version = version;
        this.hash = Objects.requireNonNull(hash, "hash");
        this.timeMs = timeMs;
        files.forEach(this::put);
    }

    /**
     * {@return the fold of nothing}
     *
     * @param workspace the workspace's name
     */
    public static WorkspaceFold empty(String workspace) {
        return new WorkspaceFold(workspace, 0, Hash.ZERO, 0, List.of());
    }

    /** {@return the workspace's name} */
    public String workspace() {
        return workspace;
    }

    /** {@return the newest version folded, 0 at first} */
    public long version() {
        return version;
    }

    /** {@return the hash of that version} */
    public Hash hash() {
        return hash;
    }

    /** {@return the time of that version, milliseconds since 1970 UTC, 0 at first} */
    public long timeMs() {
        return timeMs;
    }

    /** {@return UTF-16 units of all texts held, times two: about the bytes they take} */
    public long textBytes() {
        return textBytes;
    }

    /** {@return number of files, deleted ones included} */
    public int fileCount() {
        return files.size();
    }

    /**
     * {@return a file by id, deleted or not, or null}
     *
     * @param file the file's id
     */
    public FileState file(String file) {
        return files.get(file);
    }

    /**
     * {@return the live file of a path, or null}
     *
     * @param path the path
     */
    public FileState fileAt(String path) {
        String file = fileByPath.get(path);
        return file == null ? null : files.get(file);
    }

    /**
     * {@return the file deleted last among those whose last path this was, or null}
     *
     * @param path the path
     */
    public FileState deletedAt(String path) {
        return files.values().stream().filter(file -> file.deleted() && file.path().equals(path))
            .max(Comparator.comparingLong(FileState::version)).orElse(null);
    }

    /** {@return all files, deleted ones included, in no order; a copy} */
    public List<FileState> files() {
        return new ArrayList<>(files.values());
    }

    /**
     * Takes the next operation in.
     *
     * @param operation the operation of version {@code version() + 1}
     * @throws FoldException where it is not the next one, its hash is wrong or it does not fit; then nothing changed
     */
    public void apply(CanonicalOperation operation) {
        checkNext(operation);
        if (!HashChain.verify(operation)) {
            throw new FoldException("workspace " + workspace + ": version " + operation.version()
                + " does not have the hash it claims, " + operation.hash().hex());
        }
        take(operation);
    }

    /**
     * Takes the next operation in, of which this program has just worked out the hash itself.
     *
     * @param operation the operation of version {@code version() + 1}
     * @throws FoldException where it is not the next one or it does not fit; then nothing changed
     */
    public void applyDecided(CanonicalOperation operation) {
        checkNext(operation);
        take(operation);
    }

    private void take(CanonicalOperation operation) {
        if (!(operation.operation() instanceof Operation.Noop)) {
            FileState before = files.get(operation.file());
            FileState after = FileFold.forwards(before, operation);
            remove(before);
            put(after);
        }
        version = operation.version();
        hash = operation.hash();
        timeMs = operation.timeMs();
    }

    /**
     * Forgets the text of a deleted file.
     *
     * @param file the id of a deleted file
     * @return the file without it
     */
    public FileState shed(String file) {
        FileState state = files.get(file);
        FileState without = new FileState(file, state.path(), true, state.version(), Text.EMPTY, TextRuns.EMPTY);
        remove(state);
        put(without);
        return without;
    }

    private void checkNext(CanonicalOperation operation) {
        if (operation.version() != version + 1) {
            throw new FoldException("workspace " + workspace + ": version " + operation.version()
                + " follows version " + version + " (expected: " + (version + 1) + "; a gap is a bug)");
        }
        if (!operation.previousHash().equals(hash)) {
            throw new FoldException("workspace " + workspace + ": version " + operation.version()
                + " stands on hash " + operation.previousHash().hex() + " (expected: " + hash.hex() + ")");
        }
    }

    private void put(FileState file) {
        files.put(file.file(), file);
        textBytes += bytes(file);
        if (!file.deleted()) {
            fileByPath.put(file.path(), file.file());
        }
    }

    private void remove(FileState file) {
        if (file != null) {
            textBytes -= bytes(file);
            fileByPath.remove(file.path(), file.file());
        }
    }

    private static long bytes(FileState file) {
        return 2L * file.text().lengthUtf16();
    }
}
