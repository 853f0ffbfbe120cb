package dev.heddle.snapshotter.fold;

import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * Which kept operation touched which file: by it, trees and texts of earlier versions are rebuilt without looking at
 * the operations of other files. Built once from the kept log and then extended. One thread at a time.
 */
public final class HistoryIndex {

    private final Map<String, FileTimeline> timelines = new HashMap<>();
    private long version;
    private long operations;

    /** An index of nothing. */
    public HistoryIndex() {
    }

    /** {@return the newest version taken in, 0 at first} */
    public long version() {
        return version;
    }

    /** {@return number of operations taken in} */
    public long operations() {
        return operations;
    }

    /**
     * Takes an operation in; one at or below {@link #version()} is skipped.
     *
     * @param operation the next kept operation
     */
    public void add(CanonicalOperation operation) {
        if (operation.version() <= version) {
            return;
        }
        if (!(operation.operation() instanceof Operation.Noop)) {
            timelines.computeIfAbsent(operation.file(), FileTimeline::new).add(operation);
        }
        version = operation.version();
        operations++;
    }

    /**
     * {@return the live files as of a version, in no order}
     *
     * @param asOf   the version, within the kept history
     * @param newest the newest state of a file by id; its operations must all be in this index
     */
    public List<FileVersion> treeAt(long asOf, Function<String, FileState> newest) {
        List<FileVersion> files = new ArrayList<>();
        for (FileTimeline timeline : timelines.values()) {
            FileState state = newest.apply(timeline.file());
            int index = timeline.indexAt(asOf);
            if (state != null && index >= 0 && !timeline.deletedAt(index)) {
                files.add(new FileVersion(timeline.file(), timeline.pathAt(index),
                    timeline.lengthAt(index, state.text()), timeline.version(index)));
            }
        }
        return files;
    }

    /**
     * {@return a file as of a version; null where it did not exist then}
     *
     * @param asOf     the version, within the kept history
     * @param newest   the file's newest state; its operations must all be in this index
     * @param withRuns whether to find out who wrote what, as far as the kept history says
     * @param reader   gives a kept operation by version
     */
    public FileState fileAt(long asOf, FileState newest, boolean withRuns, LongFunction<CanonicalOperation> reader) {
        FileTimeline timeline = timelines.get(newest.file());
        int index = timeline == null ? -1 : timeline.indexAt(asOf);
        if (index < 0) {
            return null;
        }
        Text text = timeline.textAt(index, newest.text(), reader);
        return new FileState(newest.file(), timeline.pathAt(index), timeline.deletedAt(index),
            timeline.version(index), text, withRuns ? timeline.runsAt(index, reader) : null);
    }

    /**
     * {@return the id of the live file of a path as of a version, or of the one deleted last there, or null}
     *
     * @param asOf the version, within the kept history
     * @param path the path
     */
    public String fileOf(long asOf, String path) {
        FileTimeline best = null;
        int bestIndex = -1;
        for (FileTimeline timeline : timelines.values()) {
            int index = timeline.indexAt(asOf);
            if (index >= 0 && timeline.pathAt(index).equals(path)) {
                if (!timeline.deletedAt(index)) {
                    return timeline.file();
                }
                if (best == null || timeline.version(index) > best.version(bestIndex)) {
                    best = timeline;
                    bestIndex = index;
                }
            }
        }
        return best == null ? null : best.file();
    }
}
