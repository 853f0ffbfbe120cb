package dev.heddle.engine.workspace;

import dev.heddle.engine.text.Skeleton;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest accepted operations of a session that each stand on the one before ({@code after}), with what it takes to
 * bring a further one to the head: for each file the edits of others that its author had not seen, moved past the
 * author's own.
 *
 * <p>The bridge of a lone operation is only made once another stands on it, so writers with one operation in flight
 * never pay for it. For one thread.
 */
final class Chain {

    /** The chain's newest operation on one file. */
    private static final class Link {
        private String file;
        /** The author had seen everything up to here. */
        private long base;
        /** The author's own newest operation on the file. */
        private long version;
        /** From what the author wrote it on to the head before it; null while it was not needed. */
        private Bridge bridge;
        /** The edit as written, still to be moved past; null where there is none. */
        private Skeleton written;
        /** Whether it was an anchored edit, whose outcome its author cannot know. */
        private boolean anchored;
    }

    private final List<Link> links = new ArrayList<>(1);
    private final List<PathHistory.Event> moves = new ArrayList<>(0);
    /** A link no longer used, kept for the next one. */
    private Link spare;
    private long lastSeq;
    private long lastVersion;
    private long base;
    /** Version of the newest own operation that is not part of the chain. */
    private long previousVersion;

    /** Number of the newest accepted operation, 0 before the first. */
    long lastSeq() {
        return lastSeq;
    }

    /** Version of the newest accepted operation, 0 before the first. */
    long lastVersion() {
        return lastVersion;
    }

    /** The base of the newest accepted operation. */
    long base() {
        return base;
    }

    /** Version of the newest accepted operation before the chain, 0 where there is none. */
    long previousVersion() {
        return previousVersion;
    }

    /** The base that a file's bridge is still to be made from; the chain's where it is made. */
    long unmadeBase(String file) {
        Link link = find(file);
        return link == null || link.bridge != null ? base : link.base;
    }

    /** Number of files and moves of the chain that a base does not hold. */
    int sizeAfter(long version) {
        int size = movesAfter(version).size();
        for (Link link : links) {
            size += link.version > version ? 1 : 0;
        }
        return size;
    }

    /** How much it takes to hold: moves, and for each file the edits it keeps with their components. */
    int entries() {
        int entries = moves.size();
        for (int index = 0; index < links.size(); index++) {
            Link link = links.get(index);
            entries += 1 + (link.bridge == null ? 0 : link.bridge.entries())
                + (link.written == null ? 0 : link.written.size());
        }
        return entries;
    }

    /** The author's own creates, renames and deletes after a base, newest last. */
    List<PathHistory.Event> movesAfter(long version) {
        int start = moves.size();
        while (start > 0 && moves.get(start - 1).version() > version) {
            start--;
        }
        return moves.subList(start, moves.size());
    }

    /** Whether the author's newest own operation on a file, not in the base, was an anchored edit. */
    boolean anchoredAfter(String file, long version) {
        Link link = find(file);
        return link != null && link.anchored && link.version > version;
    }

    /** What leads from the author's text (a base and the whole chain) to the head. */
    Bridge bridge(FileImage file, long fromBase, long head, History history) {
        Link link = find(file.file());
        if (link == null || link.version <= fromBase) {
            return history.bridge(file, fromBase, head);
        }
        Bridge older = link.bridge != null ? link.bridge : history.bridge(file, link.base, link.version - 1);
        if (link.written != null) {
            older = older.past(link.written);
        }
        return older.after(fromBase).then(history.bridge(file, link.version, head));
    }

    private Link find(String file) {
        for (int index = 0; index < links.size(); index++) {
            if (links.get(index).file.equals(file)) {
                return links.get(index);
            }
        }
        return null;
    }

    /** Takes in an operation that stands on nothing of the chain: a new chain begins. */
    void restart(CanonicalOperation operation) {
        previousVersion = lastVersion;
        spare = links.isEmpty() ? spare : links.get(0);
        links.clear();
        moves.clear();
        advance(operation);
    }

    /** Takes in an operation that stands on the whole chain. */
    void extend(CanonicalOperation operation) {
        long settled = operation.base();
        links.removeIf(link -> link.version <= settled);
        moves.removeIf(move -> move.version() <= settled);
        advance(operation);
    }

    private void advance(CanonicalOperation operation) {
        lastSeq = operation.seq();
        lastVersion = operation.version();
        base = operation.base();
    }

    /** Notes the author's edit; {@code bridge} null to have it made when needed. */
    void edited(CanonicalOperation operation, Bridge bridge, Skeleton written, boolean anchored) {
        Link link = find(operation.file());
        if (link == null) {
            link = spare == null ? new Link() : spare;
            spare = null;
            link.file = operation.file();
            links.add(link);
        }
        link.base = operation.base();
        link.version = operation.version();
        link.bridge = bridge;
        link.written = written;
        link.anchored = anchored;
    }

    void moved(PathHistory.Event move) {
        moves.add(move);
    }

    void write(ByteWriter out, long oldestBase) {
        out.putLong(lastSeq).putLong(lastVersion).putLong(base).putLong(previousVersion);
        // No base can lie before a chain that is older than the oldest one: what it holds is never asked for again.
        boolean live = lastVersion > oldestBase;
        out.putInt(live ? links.size() : 0);
        for (Link link : live ? links : List.<Link>of()) {
            out.putString(link.file).putLong(link.base).putLong(link.version).putByte(link.anchored ? 1 : 0);
            out.putByte(link.bridge == null ? 0 : 1);
            if (link.bridge != null) {
                link.bridge.write(out);
            }
            out.putByte(link.written == null ? 0 : 1);
            if (link.written != null) {
                out.putBytes(link.written.toBytes());
            }
        }
        out.putInt(live ? moves.size() : 0);
        for (PathHistory.Event move : live ? moves : List.<PathHistory.Event>of()) {
            move.write(out);
        }
    }

    void read(ByteReader in) {
        lastSeq = in.getLong();
        lastVersion = in.getLong();
        base = in.getLong();
        previousVersion = in.getLong();
        int linkCount = in.getCount();
        for (int index = 0; index < linkCount; index++) {
            Link link = new Link();
            link.file = in.getString();
            link.base = in.getLong();
            link.version = in.getLong();
            link.anchored = in.getByte() != 0;
            link.bridge = in.getByte() == 0 ? null : Bridge.read(in);
            link.written = in.getByte() == 0 ? null : Skeleton.ofBytes(in.getBytes());
            links.add(link);
        }
        int moveCount = in.getCount();
        for (int index = 0; index < moveCount; index++) {
            moves.add(PathHistory.Event.read(in));
        }
    }
}
