package dev.heddle.testkit.invariant;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.CorruptLogException;
import dev.heddle.engine.workspace.FileImage;
import dev.heddle.engine.workspace.WorkspaceImage;
import dev.heddle.snapshotter.store.StoredSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that was seen of a run so far: each version as it first appeared, every file as it was at each version,
 * and the snapshots in their topic. The checkers' own model; one thread.
 */
public final class Chronicle {

    /** One workspace. */
    private static final class History {
        private final List<CanonicalOperation> operations = new ArrayList<>();
        private final List<byte[]> values = new ArrayList<>();
        private final Map<String, TreeMap<Long, FileImage>> files = new HashMap<>();
        private final Map<String, StoredSnapshot> snapshots = new HashMap<>();
        private WorkspaceImage image;
    }

    private final Map<String, History> workspaces = new TreeMap<>();

    /** A chronicle of nothing. */
    public Chronicle() {
    }

    private History of(String workspace) {
        return workspaces.computeIfAbsent(workspace, name -> {
            History history = new History();
            history.image = WorkspaceImage.empty(name);
            return history;
        });
    }

    /** {@return the workspaces seen} */
    public List<String> workspaces() {
        return List.copyOf(workspaces.keySet());
    }

    /**
     * {@return how many versions of a workspace have appeared}
     *
     * @param workspace its name
     */
    public long versions(String workspace) {
        return of(workspace).operations.size();
    }

    /**
     * {@return a version as it first appeared, or null}
     *
     * @param workspace its workspace
     * @param version   the version
     */
    public CanonicalOperation operation(String workspace, long version) {
        List<CanonicalOperation> operations = of(workspace).operations;
        return version < 1 || version > operations.size() ? null : operations.get((int) version - 1);
    }

    /**
     * {@return the value of a version as it first appeared, not to be changed; or null}
     *
     * @param workspace its workspace
     * @param version   the version
     */
    public byte[] value(String workspace, long version) {
        List<byte[]> values = of(workspace).values;
        return version < 1 || version > values.size() ? null : values.get((int) version - 1);
    }

    /**
     * {@return a file as of a version, or null where it did not exist then}
     *
     * @param workspace its workspace
     * @param file      its id
     * @param version   the version
     */
    public FileImage file(String workspace, String file, long version) {
        TreeMap<Long, FileImage> moments = of(workspace).files.get(file);
        Map.Entry<Long, FileImage> moment = moments == null ? null : moments.floorEntry(version);
        return moment == null ? null : moment.getValue();
    }

    /**
     * {@return the text of each live file by path, as of a version}
     *
     * @param workspace its workspace
     * @param version   the version
     */
    public Map<String, String> texts(String workspace, long version) {
        Map<String, String> texts = new TreeMap<>();
        of(workspace).files.keySet().forEach(id -> {
            FileImage file = file(workspace, id, version);
            if (file != null && !file.deleted()) {
                texts.put(file.path(), file.text().toString());
            }
        });
        return texts;
    }

    /**
     * {@return the snapshot of the highest version that was written of a file, or null}
     *
     * <p>One that lost the shard may write an older one after it; the owner then writes the newer one again.
     *
     * @param workspace its workspace
     * @param file      its id
     */
    public StoredSnapshot snapshot(String workspace, String file) {
        return of(workspace).snapshots.get(file);
    }

    /**
     * Takes in a record of the canonical topic; a repeat changes nothing.
     *
     * @param operation what it says
     * @param value     its value
     */
    public void take(CanonicalOperation operation, byte[] value) {
        History history = of(operation.workspace());
        if (operation.version() != history.operations.size() + 1) {
            return;
        }
        history.operations.add(operation);
        history.values.add(value);
        try {
            history.image.replay(operation);
            history.image.file(operation.file() == null ? "" : operation.file()).ifPresent(file ->
                history.files.computeIfAbsent(file.file(), id -> new TreeMap<>()).put(operation.version(), file));
        } catch (CorruptLogException misfit) {
            // That is for an invariant to say; what follows does not fit either.
            history.image = WorkspaceImage.empty(operation.workspace());
        }
    }

    /**
     * Takes in a record of the snapshot topic.
     *
     * @param snapshot what it says
     */
    public void take(StoredSnapshot snapshot) {
        of(snapshot.workspace()).snapshots.merge(snapshot.state().file(), snapshot,
            (before, now) -> now.version() >= before.version() ? now : before);
    }
}
