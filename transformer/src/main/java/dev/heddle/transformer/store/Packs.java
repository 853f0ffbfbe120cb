package dev.heddle.transformer.store;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The packs of a shard's table: each under its last version, and its last offset pointing there. A pointer without a
 * pack counts for nothing. One thread at a time.
 */
final class Packs {

    private static final int HELD_MAX = 8;

    private record Place(String workspace, long lastVersion) {
    }

    private final Table table;
    private final Pieces pieces;
    /** What was read last: history is read version by version. */
    private final Map<Place, Pack> held = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Pack> eldest) {
            return size() > HELD_MAX;
        }
    };

    Packs(Table table, Pieces pieces) {
        this.table = table;
        this.pieces = pieces;
    }

    void put(String workspace, Pack pack) {
        byte[] last = ByteBuffer.allocate(Long.BYTES).putLong(pack.lastVersion()).array();
        table.put(Keys.of(workspace, Keys.PACK_OFFSET, pack.lastOffset()), last);
        pieces.put(Keys.of(workspace, Keys.PACK, pack.lastVersion()), pack.bytes());
    }

    /** {@return the pack that holds a version, or null} */
    Pack ofVersion(String workspace, long version) {
        for (Map.Entry<Place, Pack> each : held.entrySet()) {
            if (each.getKey().workspace().equals(workspace) && holds(each.getValue(), version)) {
                return each.getValue();
            }
        }
        long last = firstLastVersion(workspace, version, Long.MAX_VALUE);
        Pack pack = last < 0 ? null : read(workspace, last);
        return pack != null && holds(pack, version) ? pack : null;
    }

    private static boolean holds(Pack pack, long version) {
        return pack.firstVersion() <= version && version <= pack.lastVersion();
    }

    /** {@return the first pack that ends at an offset or after it, or null} */
    Pack endingFrom(String workspace, long offset) {
        long from = offset;
        while (true) {
            long[] at = {-1, -1};
            table.ascending(Keys.of(workspace, Keys.PACK_OFFSET, from),
                Keys.of(workspace, Keys.PACK_OFFSET, Long.MAX_VALUE), (key, value) -> {
                    at[0] = Keys.number(key, 0);
                    at[1] = ByteBuffer.wrap(value).getLong();
                    return false;
                });
            if (at[0] < 0) {
                return null;
            }
            Pack pack = read(workspace, at[1]);
            if (pack != null) {
                return pack;
            }
            from = at[0] + 1;
        }
    }

    /** {@return the last version of the first pack that ends in a range of versions, or -1} */
    long firstLastVersion(String workspace, long from, long to) {
        long[] last = {-1};
        if (from <= to) {
            table.ascending(Pieces.pieceKey(Keys.of(workspace, Keys.PACK, from), 0),
                Pieces.pieceKey(Keys.of(workspace, Keys.PACK, to), Integer.MAX_VALUE), (key, value) -> {
                    last[0] = Keys.number(key, Integer.BYTES);
                    return false;
                });
        }
        return last[0];
    }

    /** {@return the highest offset that is packed, or -1} */
    long lastOffset(String workspace) {
        long[] last = {-1};
        table.descending(Keys.of(workspace, Keys.PACK_OFFSET, 0),
            Keys.of(workspace, Keys.PACK_OFFSET, Long.MAX_VALUE), (key, value) -> {
                last[0] = Keys.number(key, 0);
                return false;
            });
        return last[0];
    }

    Pack read(String workspace, long lastVersion) {
        Pack pack = held.get(new Place(workspace, lastVersion));
        if (pack == null) {
            byte[] bytes = pieces.get(Keys.of(workspace, Keys.PACK, lastVersion));
            if (bytes == null) {
                return null;
            }
            pack = Pack.read(bytes);
            held.put(new Place(workspace, lastVersion), pack);
        }
        return pack;
    }

    /** The pointer first: a pack without one is found again by its version. */
    void delete(String workspace, long lastVersion) {
        Pack pack = read(workspace, lastVersion);
        if (pack != null) {
            table.delete(Keys.of(workspace, Keys.PACK_OFFSET, pack.lastOffset()));
        }
        pieces.delete(Keys.of(workspace, Keys.PACK, lastVersion));
        held.remove(new Place(workspace, lastVersion));
    }
}
