package dev.heddle.engine.workspace;

import dev.heddle.engine.text.Side;
import dev.heddle.engine.text.Skeleton;
import dev.heddle.engine.text.Skeletons;
import java.util.Arrays;
import java.util.List;

/**
 * Edits of one file by others, in order, that lead from what an author stood on to the head. Immutable.
 *
 * <p>Each edit stands on the one before it; the first stands on the author's own text.
 */
final class Bridge {

    static final Bridge EMPTY = new Bridge(new long[0], new Skeleton[0]);

    private final long[] versions;
    private final Skeleton[] edits;

    Bridge(long[] versions, Skeleton[] edits) {
        this.versions = versions;
        this.edits = edits;
    }

    static Bridge ofDescending(List<Long> versions, List<Skeleton> edits) {
        int count = edits.size();
        long[] ascendingVersions = new long[count];
        Skeleton[] ascendingEdits = new Skeleton[count];
        for (int index = 0; index < count; index++) {
            ascendingVersions[index] = versions.get(count - 1 - index);
            ascendingEdits[index] = edits.get(count - 1 - index);
        }
        return count == 0 ? EMPTY : new Bridge(ascendingVersions, ascendingEdits);
    }

    int size() {
        return edits.length;
    }

    /** How much it takes to hold: its edits and their components. */
    int entries() {
        int entries = edits.length;
        for (Skeleton edit : edits) {
            entries += edit.size();
        }
        return entries;
    }

    boolean isEmpty() {
        return edits.length == 0;
    }

    /** Length of the text that the first edit stands on; {@code ifEmpty} where there is none. */
    int baseLength(int ifEmpty) {
        return edits.length == 0 ? ifEmpty : edits[0].baseLength();
    }

    /** What is left of it for an author who has seen everything up to a version. */
    Bridge after(long version) {
        int start = 0;
        while (start < versions.length && versions[start] <= version) {
            start++;
        }
        if (start == 0) {
            return this;
        }
        return start == versions.length ? EMPTY : new Bridge(Arrays.copyOfRange(versions, start, versions.length),
            Arrays.copyOfRange(edits, start, edits.length));
    }

    /** The part of it up to a version. */
    Bridge upTo(long version) {
        int end = versions.length;
        while (end > 0 && versions[end - 1] > version) {
            end--;
        }
        return end == versions.length ? this
            : new Bridge(Arrays.copyOf(versions, end), Arrays.copyOf(edits, end));
    }

    /** This and then later edits. */
    Bridge then(Bridge later) {
        if (later.isEmpty() || isEmpty()) {
            return isEmpty() ? later : this;
        }
        long[] allVersions = Arrays.copyOf(versions, versions.length + later.versions.length);
        Skeleton[] allEdits = Arrays.copyOf(edits, edits.length + later.edits.length);
        System.arraycopy(later.versions, 0, allVersions, versions.length, later.versions.length);
        System.arraycopy(later.edits, 0, allEdits, edits.length, later.edits.length);
        return new Bridge(allVersions, allEdits);
    }

    /** The same edits for an author who has gone on with an edit of their own, written where this bridge starts. */
    Bridge past(Skeleton written) {
        if (isEmpty()) {
            return this;
        }
        Skeleton[] moved = new Skeleton[edits.length];
        Skeleton own = written;
        for (int index = 0; index < edits.length; index++) {
            moved[index] = Skeletons.transform(edits[index], own, Side.RIGHT);
            own = Skeletons.transform(own, edits[index], Side.LEFT);
        }
        return new Bridge(versions, moved);
    }

    /** An author's edit, written where this bridge starts, brought to the head. */
    Skeleton carry(Skeleton written) {
        Skeleton own = written;
        for (Skeleton edit : edits) {
            own = Skeletons.transform(own, edit, Side.LEFT);
        }
        return own;
    }

    void write(ByteWriter out) {
        out.putInt(edits.length);
        for (int index = 0; index < edits.length; index++) {
            out.putLong(versions[index]).putBytes(edits[index].toBytes());
        }
    }

    static Bridge read(ByteReader in) {
        int count = in.getCount();
        long[] versions = new long[count];
        Skeleton[] edits = new Skeleton[count];
        for (int index = 0; index < count; index++) {
            versions[index] = in.getLong();
            edits[index] = Skeleton.ofBytes(in.getBytes());
        }
        return new Bridge(versions, edits);
    }
}
