package dev.heddle.snapshotter.fold;

import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.TextRuns;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * The kept operations of one file, in order: by it a text of any kept version is rebuilt from the nearest text known,
 * forwards or backwards. The first entry may be older than the kept history: it then only says where the file was.
 *
 * <p>One thread at a time. About 12 bytes per operation, and a bounded number of texts.
 */
final class FileTimeline {

    /** Own operations between two texts kept along the way. */
    static final int MILESTONE_OPERATIONS = 512;

    private static final int MILESTONES_MAX = 32;

    private final String file;
    private final TreeMap<Integer, String> pathByIndex = new TreeMap<>();
    private final Map<Integer, Text> milestones = new Recent<>();
    private final Map<Integer, TextRuns> runMilestones = new Recent<>();
    private long[] versions = new long[8];
    private int[] grown = new int[8];
    private int size;
    private boolean fromCreation;
    private boolean deleted;

    FileTimeline(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    int size() {
        return size;
    }

    boolean fromCreation() {
        return fromCreation;
    }

    long version(int index) {
        return versions[index];
    }

    void add(CanonicalOperation operation) {
        if (size == versions.length) {
            versions = Arrays.copyOf(versions, size * 2);
            grown = Arrays.copyOf(grown, size * 2);
        }
        if (size == 0) {
            fromCreation = operation.operation() instanceof Operation.Create;
        }
        versions[size] = operation.version();
        grown[size] = (size == 0 ? 0 : grown[size - 1]) + FileFold.growth(operation);
        Map.Entry<Integer, String> last = pathByIndex.lastEntry();
        if (last == null || !last.getValue().equals(operation.path())) {
            pathByIndex.put(size, operation.path());
        }
        deleted = operation.operation() instanceof Operation.Delete;
        size++;
    }

    /** Index of the last operation at or before a version, -1 where there is none. */
    int indexAt(long version) {
        int found = Arrays.binarySearch(versions, 0, size, version);
        return found >= 0 ? found : -found - 2;
    }

    boolean deletedAt(int index) {
        return deleted && index == size - 1;
    }

    String pathAt(int index) {
        return pathByIndex.floorEntry(index).getValue();
    }

    /** Length of the text after an operation, reckoned from the newest text, which the caller knows. */
    int lengthAt(int index, Text newest) {
        return newest.lengthCodePoints() - (grown[size - 1] - grown[index]);
    }

    /**
     * The text after an operation.
     *
     * @param index  of the operation
     * @param newest the text after the newest one
     * @param reader gives the operation of a version, never null
     */
    Text textAt(int index, Text newest, LongFunction<CanonicalOperation> reader) {
        int at = size - 1;
        Text text = newest;
        for (Map.Entry<Integer, Text> milestone : milestones.entrySet()) {
            if (Math.abs(milestone.getKey() - index) < Math.abs(at - index)) {
                at = milestone.getKey();
                text = milestone.getValue();
            }
        }
        if (fromCreation && index < Math.abs(at - index)) {
            at = 0;
            text = FileFold.forwards(Text.EMPTY, reader.apply(versions[0]));
        }
        milestones.get(at);
        return walk(at, text, index, reader);
    }

    /**
     * Who wrote the text after an operation, by going forwards from the creation or from a point passed before; null
     * where the creation is older than the kept history.
     */
    TextRuns runsAt(int index, LongFunction<CanonicalOperation> reader) {
        int at = -1;
        TextRuns runs = TextRuns.EMPTY;
        for (Map.Entry<Integer, TextRuns> milestone : runMilestones.entrySet()) {
            if (milestone.getKey() <= index && milestone.getKey() > at) {
                at = milestone.getKey();
                runs = milestone.getValue();
            }
        }
        if (at < 0 && !fromCreation) {
            return null;
        }
        runMilestones.get(at);
        while (at < index) {
            at++;
            runs = FileFold.forwards(runs, reader.apply(versions[at]));
            if (at % MILESTONE_OPERATIONS == 0) {
                runMilestones.put(at, runs);
            }
        }
        return runs;
    }

    private Text walk(int from, Text start, int to, LongFunction<CanonicalOperation> reader) {
        Text text = start;
        for (int at = from; at != to;) {
            if (at > to) {
                text = FileFold.backwards(text, reader.apply(versions[at]));
                at--;
            } else {
                at++;
                text = FileFold.forwards(text, reader.apply(versions[at]));
            }
            if (at % MILESTONE_OPERATIONS == 0) {
                milestones.put(at, text);
            }
        }
        return text;
    }

    /** The most recently used of what was passed; what is read again stays cheap. */
    private static final class Recent<T> extends LinkedHashMap<Integer, T> {

        private static final long serialVersionUID = 1L;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, T> eldest) {
            return size() > MILESTONES_MAX;
        }
    }
}
