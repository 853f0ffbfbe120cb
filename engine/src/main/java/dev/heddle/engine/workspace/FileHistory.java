package dev.heddle.engine.workspace;

import dev.heddle.engine.text.IndexedSkeleton;
import dev.heddle.engine.text.Side;
import dev.heddle.engine.text.Skeleton;
import dev.heddle.engine.text.Skeletons;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The newest edits of one file, lengths only, in order. For one thread.
 *
 * <p>For edits from far behind, stretches of 2^n edits are held composed into one, made when first wanted. As composing
 * is exact, any cover of a stretch gives the same answer as going edit by edit; the blocks decide the cost alone.
 */
final class FileHistory {

    private static final int CAPACITY_MIN = 8;
    /** The smallest block: below, going edit by edit is as fast. */
    private static final int LEVEL_MIN = 5;
    private static final int LEVEL_MAX = 20;
    /** How many edits one answer may compose, so that the first one from far behind does not wait for all blocks. */
    private static final int COMPOSED_MAX = 4_096;

    private final Map<Long, IndexedSkeleton> blocks = new HashMap<>();
    private long[] versions = new long[CAPACITY_MIN];
    private Skeleton[] edits = new Skeleton[CAPACITY_MIN];
    private int start;
    private int end;
    /** Ordinal of the edit at index 0: edits are counted on, whatever is dropped before or found again. */
    private long ordinalOfZero;
    private int composable;

    int size() {
        return end - start;
    }

    int blockCount() {
        return blocks.size();
    }

    void add(long version, Skeleton edit) {
        if (end == edits.length) {
            int capacity = size() > edits.length / 2 ? edits.length * 2 : edits.length;
            move(capacity, 0);
        }
        versions[end] = version;
        edits[end++] = edit;
    }

    /** Puts an edit before all that are held. */
    void addFirst(long version, Skeleton edit) {
        if (start == 0) {
            int room = Math.max(CAPACITY_MIN, size());
            move(size() + room, room);
        }
        versions[--start] = version;
        edits[start] = edit;
    }

    private void move(int capacity, int newStart) {
        int size = size();
        long[] movedVersions = new long[capacity];
        Skeleton[] movedEdits = new Skeleton[capacity];
        System.arraycopy(versions, start, movedVersions, newStart, size);
        System.arraycopy(edits, start, movedEdits, newStart, size);
        versions = movedVersions;
        edits = movedEdits;
        ordinalOfZero += start - newStart;
        start = newStart;
        end = newStart + size;
    }

    /** Drops the edits up to a version. */
    void trim(long version) {
        while (start < end && versions[start] <= version) {
            dropBlocksFrom(ordinalOfZero + start);
            edits[start++] = null;
        }
    }

    private void dropBlocksFrom(long ordinal) {
        for (int level = LEVEL_MIN; level <= LEVEL_MAX && aligned(ordinal, level) && !blocks.isEmpty(); level++) {
            blocks.remove(key(ordinal, level));
        }
    }

    private static boolean aligned(long ordinal, int level) {
        return (ordinal & (1L << level) - 1) == 0;
    }

    private static long key(long ordinal, int level) {
        return ordinal << 5 | level;
    }

    /** Index of the first edit after a version. */
    private int indexAfter(long version) {
        if (end == start || versions[end - 1] <= version) {
            return end;
        }
        int found = Arrays.binarySearch(versions, start, end, version);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** Length of the file's text at a version; {@code now} is its length at the head. */
    int lengthAt(long version, int now) {
        int index = indexAfter(version);
        return index == end ? now : edits[index].baseLength();
    }

    /** An edit written at a version, brought to the head. */
    Skeleton carry(Skeleton written, long version) {
        Skeleton edit = written;
        int index = indexAfter(version);
        composable = COMPOSED_MAX;
        while (index < end) {
            int level = levelAt(index);
            IndexedSkeleton block = level < LEVEL_MIN ? null : block(index, level);
            while (block == null && level > LEVEL_MIN) {
                level--;
                block = block(index, level);
            }
            int next = block == null ? nextBlockStart(index) : index + (1 << level);
            edit = block == null ? carryOneByOne(edit, index, next) : block.carry(edit);
            index = next;
        }
        return edit;
    }

    /** Index after a given one at which a block may start, at most the end. */
    private int nextBlockStart(int index) {
        int size = 1 << LEVEL_MIN;
        int passed = (int) (ordinalOfZero + index & size - 1);
        return Math.min(end, index + size - passed);
    }

    /** Its own method, so that one answer from far behind is not given by code that was never compiled. */
    private Skeleton carryOneByOne(Skeleton written, int from, int to) {
        Skeleton edit = written;
        for (int index = from; index < to; index++) {
            edit = Skeletons.transform(edit, edits[index], Side.LEFT);
        }
        return edit;
    }

    /** Level of the longest block that may start at an index and is full. */
    private int levelAt(int index) {
        long ordinal = ordinalOfZero + index;
        int level = LEVEL_MIN - 1;
        while (level < LEVEL_MAX && aligned(ordinal, level + 1) && 1L << level + 1 <= end - index) {
            level++;
        }
        return level;
    }

    /** The block of 2^level edits from an index on; null where making it now would compose too many. */
    private IndexedSkeleton block(int index, int level) {
        Long key = key(ordinalOfZero + index, level);
        IndexedSkeleton block = blocks.get(key);
        if (block == null && composable > 0) {
            Skeleton composed = level == LEVEL_MIN ? compose(index) : composeHalves(index, level);
            if (composed != null) {
                block = new IndexedSkeleton(composed);
                blocks.put(key, block);
            }
        }
        return block;
    }

    private Skeleton compose(int index) {
        Skeleton composed = edits[index];
        for (int next = index + 1; next < index + (1 << LEVEL_MIN); next++) {
            composed = Skeletons.compose(composed, edits[next]);
        }
        composable -= 1 << LEVEL_MIN;
        return composed;
    }

    private Skeleton composeHalves(int index, int level) {
        IndexedSkeleton left = block(index, level - 1);
        IndexedSkeleton right = left == null ? null : block(index + (1 << level - 1), level - 1);
        if (right == null) {
            return null;
        }
        composable -= (left.skeleton().size() + right.skeleton().size()) / 4;
        return Skeletons.compose(left.skeleton(), right.skeleton());
    }

    Bridge bridge(long afterVersion, long toVersion) {
        int from = indexAfter(afterVersion);
        int to = Math.max(from, indexAfter(toVersion));
        return from == to ? Bridge.EMPTY
            : new Bridge(Arrays.copyOfRange(versions, from, to), Arrays.copyOfRange(edits, from, to));
    }
}
