package dev.heddle.engine.workspace;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.text.TextOperation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The fold of a workspace's canonical log: every file and its text as of one version. One thread at a time; the file
 * images it hands out are immutable and stay as they are.
 */
public final class WorkspaceImage {

    private final String workspace;
    /** Where the image of one file is kept. */
    private static final class Slot {
        private FileImage image;
    }

    private final Map<String, Slot> slots = new HashMap<>();
    /** For each live path, the id of its file. */
    private final Map<String, String> livePaths = new HashMap<>();
    private final HashChain.Hasher hasher = new HashChain.Hasher();
    /** The slot asked for last, as the same file is asked for again and again. */
    private Slot last;
    private long version;
    private Hash hash;
    private long codePoints;

    private WorkspaceImage(String workspace, long version, Hash hash) {
        this.workspace = Objects.requireNonNull(workspace, "workspace");
        this.version = version;
        this.hash = Objects.requireNonNull(hash, "hash");
    }

    /**
     * {@return a workspace that nobody has written to}
     *
     * @param workspace its name, never null
     */
    public static WorkspaceImage empty(String workspace) {
        return new WorkspaceImage(workspace, 0, Hash.ZERO);
    }

    /**
     * {@return a workspace as of a version}
     *
     * @param workspace its name, never null
     * @param version   the version
     * @param hash      the hash of that version
     * @param files     all its files, deleted ones included
     * @throws CorruptLogException if two files share an id, or two live ones a path
     */
    public static WorkspaceImage restore(String workspace, long version, Hash hash, Collection<FileImage> files) {
        WorkspaceImage image = new WorkspaceImage(workspace, version, hash);
        for (FileImage file : files) {
            boolean repeated = image.slots.containsKey(file.file())
                || !file.deleted() && image.livePaths.containsKey(file.path());
            if (repeated) {
                throw new CorruptLogException(version, "two files have the id " + file.file() + " or the path "
                    + file.path());
            }
            image.put(file);
        }
        return image;
    }

    /** {@return the workspace's name} */
    public String workspace() {
        return workspace;
    }

    /** {@return the newest version folded in, 0 before the first} */
    public long version() {
        return version;
    }

    /** {@return the hash of that version, 32 zero bytes before the first} */
    public Hash hash() {
        return hash;
    }

    /** {@return length of all live files' texts together, in code points} */
    public long codePoints() {
        return codePoints;
    }

    /**
     * {@return a file by its id, deleted ones included}
     *
     * @param file the id, never null
     */
    public Optional<FileImage> file(String file) {
        return Optional.ofNullable(fileOrNull(file));
    }

    /**
     * {@return the live file that has a path}
     *
     * @param path the path, never null
     */
    public Optional<FileImage> fileAt(String path) {
        return Optional.ofNullable(fileAtOrNull(path));
    }

    FileImage fileOrNull(String file) {
        Slot slot = slot(file);
        return slot == null ? null : slot.image;
    }

    private Slot slot(String file) {
        if (last != null && last.image.file().equals(file)) {
            return last;
        }
        Slot slot = slots.get(file);
        last = slot == null ? last : slot;
        return slot;
    }

    FileImage fileAtOrNull(String path) {
        String file = livePaths.get(path);
        return file == null ? null : fileOrNull(file);
    }

    int liveCount() {
        return livePaths.size();
    }

    int fileCount() {
        return slots.size();
    }

    HashChain.Hasher hasher() {
        return hasher;
    }

    /** {@return the live files, sorted by path} */
    public List<FileImage> files() {
        List<FileImage> live = new ArrayList<>(livePaths.size());
        livePaths.values().forEach(file -> live.add(slots.get(file).image));
        live.sort(Comparator.comparing(FileImage::path));
        return live;
    }

    /** {@return all files, sorted by id; deleted ones have an empty text} */
    public Collection<FileImage> allFiles() {
        List<FileImage> all = new ArrayList<>(slots.size());
        slots.values().forEach(slot -> all.add(slot.image));
        all.sort(Comparator.comparing(FileImage::file));
        return all;
    }

    /**
     * Folds the next canonical operation in.
     *
     * @param operation the operation of the next version, never null
     * @throws CorruptLogException if it is not the next one, its hash is wrong, or it does not fit the files; nothing
     *                             was changed then
     */
    public void replay(CanonicalOperation operation) {
        check(operation);
        apply(operation, textOperation(operation));
    }

    /** Checks that an operation is the next one and that its hash is right. */
    void check(CanonicalOperation operation) {
        checkNext(operation);
        Hash expected;
        try {
            expected = hasher.next(hash, operation);
        } catch (IllegalArgumentException e) {
            throw new CorruptLogException(operation.version(), e.getMessage());
        }
        if (!expected.equals(operation.hash())) {
            throw new CorruptLogException(operation.version(), "hash " + operation.hash() + " (expected: " + expected
                + ")");
        }
    }

    private void checkNext(CanonicalOperation operation) {
        if (!workspace.equals(operation.workspace())) {
            throw new CorruptLogException(operation.version(), "workspace " + operation.workspace() + " (expected: "
                + workspace + ")");
        }
        if (operation.version() != version + 1) {
            throw new CorruptLogException(operation.version(), "follows version " + version + " (expected: version "
                + (version + 1) + ")");
        }
        if (!operation.previousHash().equals(hash)) {
            throw new CorruptLogException(operation.version(), "previous hash " + operation.previousHash()
                + " (expected: " + hash + ")");
        }
    }

    /** The edit of a canonical operation, checked against the text it is for; null for other kinds. */
    TextOperation textOperation(CanonicalOperation operation) {
        if (!(operation.operation() instanceof Operation.Edit edit)) {
            return null;
        }
        FileImage file = requireLive(operation);
        TextOperation text;
        try {
            text = Changes.toOperation(edit.changes(), file.text().lengthCodePoints());
        } catch (RuntimeException e) {
            throw new CorruptLogException(operation.version(), e.getMessage());
        }
        for (Change change : edit.changes()) {
            boolean known = change.deleted() != null;
            if (!known || !file.text().substring(change.at(), change.at() + change.delete()).equals(change.deleted())) {
                throw new CorruptLogException(operation.version(), "deleted text at position " + change.at()
                    + " is not that of file " + file.path());
            }
        }
        return text;
    }

    /** Folds in an operation that was checked or just decided. */
    void apply(CanonicalOperation operation, TextOperation edit) {
        if (edit != null) {
            applyEdit(operation, edit);
        } else {
            applyOther(operation);
        }
        version = operation.version();
        hash = operation.hash();
    }

    private void applyEdit(CanonicalOperation operation, TextOperation edit) {
        FileImage file = requireLive(operation);
        Text text = file.text().apply(edit);
        codePoints += edit.targetLength() - edit.baseLength();
        slot(file.file()).image = new FileImage(file.file(), file.path(), false, operation.version(), text);
    }

    private void applyOther(CanonicalOperation operation) {
        long next = operation.version();
        if (operation.operation() instanceof Operation.Create create) {
            requireFree(operation, create.path());
            if (slots.containsKey(create.file())) {
                throw new CorruptLogException(next, "file " + create.file() + " exists already");
            }
            put(new FileImage(create.file(), create.path(), false, next, Text.of(create.text())));
        } else if (operation.operation() instanceof Operation.Rename rename) {
            FileImage file = requireLive(operation);
            if (!file.path().equals(rename.to())) {
                requireFree(operation, rename.to());
            }
            livePaths.remove(file.path());
            livePaths.put(rename.to(), file.file());
            put(new FileImage(file.file(), rename.to(), false, next, file.text()));
        } else if (operation.operation() instanceof Operation.Delete) {
            FileImage file = requireLive(operation);
            livePaths.remove(file.path());
            put(new FileImage(file.file(), file.path(), true, next, Text.EMPTY));
        }
    }

    private void put(FileImage file) {
        Slot slot = slot(file.file());
        codePoints += file.text().lengthCodePoints();
        if (slot != null) {
            codePoints -= slot.image.text().lengthCodePoints();
            slot.image = file;
            return;
        }
        Slot added = new Slot();
        added.image = file;
        slots.put(file.file(), added);
        if (!file.deleted()) {
            livePaths.put(file.path(), file.file());
        }
    }

    private FileImage requireLive(CanonicalOperation operation) {
        FileImage file = fileOrNull(operation.file());
        if (file == null || file.deleted()) {
            throw new CorruptLogException(operation.version(), "file " + operation.file()
                + (file == null ? " does not exist" : " was deleted"));
        }
        return file;
    }

    private void requireFree(CanonicalOperation operation, String path) {
        if (livePaths.containsKey(path)) {
            throw new CorruptLogException(operation.version(), "path " + path + " is taken by file "
                + livePaths.get(path));
        }
    }
}
