package dev.heddle.engine.workspace;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.CodePoints;
import dev.heddle.engine.text.Skeleton;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The newest versions' edits of every file, held in memory; what is older is read again from the log.
 *
 * <p>How much is held never changes an answer, only its cost. For one thread.
 */
final class History {

    private static final FileHistory NONE = new FileHistory();

    private final Map<String, FileHistory> files = new HashMap<>();
    /** For each version held, oldest first, the file it edited, or {@link #NONE}. */
    private final ArrayDeque<FileHistory> fileOfVersion = new ArrayDeque<>();
    private final WorkspaceImage image;
    private final int versionsHot;
    private final HistoryReader reader;
    /** The file edited last and its history, as mostly it is edited again. */
    private String newestFile;
    private FileHistory newest;
    /** Every edit after this version is held. */
    private long heldAfter;
    /** The newest answer of {@link #cold}, as one decision asks for it more than once. */
    private Bridge cold = Bridge.EMPTY;
    private String coldFile;
    private long coldBase;
    private long coldHeldAfter;

    History(WorkspaceImage image, int versionsHot, HistoryReader reader) {
        this.image = image;
        this.heldAfter = image.version();
        this.versionsHot = versionsHot;
        this.reader = reader;
    }

    /** Takes a version in; {@code file} and {@code edit} are null where it is not an edit. */
    void add(long version, String file, Skeleton edit) {
        if (fileOfVersion.size() == versionsHot) {
            heldAfter++;
            fileOfVersion.removeFirst().trim(heldAfter);
        }
        if (edit == null) {
            fileOfVersion.addLast(NONE);
            return;
        }
        if (!file.equals(newestFile)) {
            newest = files.computeIfAbsent(file, id -> new FileHistory());
            newestFile = file;
        }
        newest.add(version, edit);
        fileOfVersion.addLast(newest);
    }

    /** Forgets a deleted file. */
    void remove(String file) {
        files.remove(file);
        newestFile = null;
    }

    /** Length of a file's text at a base at which it existed. */
    int lengthAt(FileImage file, long base) {
        if (file.version() <= base) {
            return file.text().lengthCodePoints();
        }
        Bridge cold = cold(file, base);
        return cold.baseLength(heldLengthAt(file, base));
    }

    private int heldLengthAt(FileImage file, long base) {
        FileHistory history = files.get(file.file());
        int now = file.text().lengthCodePoints();
        return history == null ? now : history.lengthAt(base, now);
    }

    /** An edit written at a base, brought to the head. */
    Skeleton carry(FileImage file, Skeleton written, long base) {
        if (file.version() <= base) {
            return written;
        }
        Skeleton edit = cold(file, base).carry(written);
        FileHistory history = files.get(file.file());
        return history == null ? edit : history.carry(edit, base);
    }

    /** A file's edits after one version and up to another. */
    Bridge bridge(FileImage file, long afterVersion, long toVersion) {
        if (file.version() <= afterVersion || toVersion <= afterVersion) {
            return Bridge.EMPTY;
        }
        // First what is not held, as that may read it in.
        Bridge cold = cold(file, afterVersion);
        FileHistory history = files.get(file.file());
        Bridge held = history == null ? Bridge.EMPTY : history.bridge(afterVersion, toVersion);
        return cold.isEmpty() ? held : cold.upTo(toVersion).then(held);
    }

    /** The file's edits after a base that are not held and are too many to be; what can be held is read in first. */
    private Bridge cold(FileImage file, long base) {
        if (base >= heldAfter) {
            return Bridge.EMPTY;
        }
        if (!file.file().equals(coldFile) || base != coldBase || heldAfter != coldHeldAfter) {
            readIn(base);
            cold = readCold(file, base);
            coldFile = file.file();
            coldBase = base;
            coldHeldAfter = heldAfter;
        }
        return cold;
    }

    /** Reads versions in, newest first, until the base is reached or no more can be held. */
    private void readIn(long base) {
        Map<String, Integer> lengths = new HashMap<>();
        while (heldAfter > base && fileOfVersion.size() < versionsHot) {
            CanonicalOperation operation = read(heldAfter);
            FileHistory history = NONE;
            FileImage file = operation.file() == null ? null : image.fileOrNull(operation.file());
            if (operation.operation() instanceof Operation.Edit edit && file != null && !file.deleted()) {
                history = files.computeIfAbsent(file.file(), id -> new FileHistory());
                int length = lengths.computeIfAbsent(file.file(), id -> heldLengthAt(file, heldAfter));
                Skeleton skeleton = skeleton(edit, length);
                history.addFirst(heldAfter, skeleton);
                lengths.put(file.file(), skeleton.baseLength());
            }
            fileOfVersion.addFirst(history);
            heldAfter--;
        }
    }

    /** Reads one file's edits, newest first, as lengths follow from the newest. */
    private Bridge readCold(FileImage file, long base) {
        List<Skeleton> edits = new ArrayList<>();
        List<Long> versions = new ArrayList<>();
        int length = heldLengthAt(file, heldAfter);
        for (long version = heldAfter; version > base; version--) {
            CanonicalOperation operation = read(version);
            if (!file.file().equals(operation.file())) {
                continue;
            }
            if (operation.operation() instanceof Operation.Create) {
                break;
            }
            if (operation.operation() instanceof Operation.Edit edit) {
                Skeleton skeleton = skeleton(edit, length);
                edits.add(skeleton);
                versions.add(version);
                length = skeleton.baseLength();
            }
        }
        return Bridge.ofDescending(versions, edits);
    }

    private static Skeleton skeleton(Operation.Edit edit, int targetLength) {
        int growth = 0;
        for (Change change : edit.changes()) {
            growth += CodePoints.count(change.insert()) - change.delete();
        }
        return Changes.toOperation(edit.changes(), targetLength - growth).skeleton();
    }

    private CanonicalOperation read(long version) {
        CanonicalOperation operation;
        try {
            operation = reader.read(version);
        } catch (NoSuchElementException e) {
            throw new CorruptLogException(version, "not in the history (" + e.getMessage() + ")");
        }
        if (operation == null || operation.version() != version) {
            throw new CorruptLogException(version, "the history has "
                + (operation == null ? "nothing" : "version " + operation.version()) + " in its place");
        }
        return operation;
    }
}
