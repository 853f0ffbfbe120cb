package dev.heddle.engine.workspace;

import dev.heddle.engine.text.Skeleton;
import dev.heddle.engine.text.Skeletons;
import dev.heddle.engine.text.Side;
import java.util.Arrays;

/** The newest edits of one file, lengths only, in order. For one thread. */
final class FileHistory {

    private static final int CAPACITY_MIN = 8;

    private long[] versions = new long[CAPACITY_MIN];
    private Skeleton[] edits = new Skeleton[CAPACITY_MIN];
    private int start;
    private int end;

    int size() {
        return end - start;
    }

    void add(long version, Skeleton edit) {
        if (end == edits.length) {
            makeRoom();
        }
        versions[end] = version;
        edits[end++] = edit;
    }

    private void makeRoom() {
        int size = size();
        int capacity = size > edits.length / 2 ? edits.length * 2 : edits.length;
        long[] movedVersions = new long[capacity];
        Skeleton[] movedEdits = new Skeleton[capacity];
        System.arraycopy(versions, start, movedVersions, 0, size);
        System.arraycopy(edits, start, movedEdits, 0, size);
        versions = movedVersions;
        edits = movedEdits;
        start = 0;
        end = size;
    }

    /** Puts older edits before the ones held; {@code count} of them, ascending. */
    void prepend(long[] olderVersions, Skeleton[] olderEdits, int count) {
        int size = size();
        long[] movedVersions = new long[Math.max(CAPACITY_MIN, count + size)];
        Skeleton[] movedEdits = new Skeleton[movedVersions.length];
        System.arraycopy(olderVersions, 0, movedVersions, 0, count);
        System.arraycopy(olderEdits, 0, movedEdits, 0, count);
        System.arraycopy(versions, start, movedVersions, count, size);
        System.arraycopy(edits, start, movedEdits, count, size);
        versions = movedVersions;
        edits = movedEdits;
        start = 0;
        end = count + size;
    }

    /** Drops the edits up to a version. */
    void trim(long version) {
        while (start < end && versions[start] <= version) {
            edits[start++] = null;
        }
    }

    /** Index of the first edit after a version. */
    private int indexAfter(long version) {
        if (end == start || versions[end - 1] <= version) {
            return end;
        }
        int found = Arrays.binarySearch(versions, start, end, version);
        return found >= 0 ? found + 1 : -found - 1;
    }

    int countAfter(long version) {
        return end - indexAfter(version);
    }

    /** Length of the file's text at a version; {@code now} is its length at the head. */
    int lengthAt(long version, int now) {
        int index = indexAfter(version);
        return index == end ? now : edits[index].baseLength();
    }

    /** An edit written at a version, brought to the head. */
    Skeleton carry(Skeleton written, long version) {
        Skeleton edit = written;
        for (int index = indexAfter(version); index < end; index++) {
            edit = Skeletons.transform(edit, edits[index], Side.LEFT);
        }
        return edit;
    }

    Bridge bridge(long afterVersion, long toVersion) {
        int from = indexAfter(afterVersion);
        int to = Math.max(from, indexAfter(toVersion));
        return from == to ? Bridge.EMPTY
            : new Bridge(Arrays.copyOfRange(versions, from, to), Arrays.copyOfRange(edits, from, to));
    }
}
