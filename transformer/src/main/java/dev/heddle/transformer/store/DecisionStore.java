package dev.heddle.transformer.store;

import dev.heddle.engine.text.Text;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The decisions, checkpoints and marks of the workspaces of one shard, over a byte table. One thread at a time.
 *
 * <p>Entries are write-once: an entry is only ever written again with the same bytes, or removed for good. There is no
 * entry that says where the head is; the head is where the decisions, counted from a checkpoint, end. So a delayed
 * instance that writes what it decided long ago cannot set anything back.
 */
public final class DecisionStore {

    /** Sees decisions in order of their offsets and says when it has seen enough. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * {@return whether to go on with the next decision}
         *
         * @param offset   the decided record's offset
         * @param decision the decision
         */
        boolean visit(long offset, StoredDecision decision);
    }

    private final Table table;
    private final Pieces pieces;
    private final Packs packs;
    private final LooseDecisions loose;

    /**
     * A store over a table.
     *
     * @param table holds the bytes
     */
    public DecisionStore(Table table) {
        this.table = Objects.requireNonNull(table, "table");
        this.pieces = new Pieces(table);
        this.packs = new Packs(table, pieces);
        this.loose = new LooseDecisions(table);
    }

    /**
     * {@return the decision of the record at an offset, or null}
     *
     * @param workspace the workspace's name
     * @param offset    the record's offset
     */
    public StoredDecision decision(String workspace, long offset) {
        byte[] bytes = table.get(Keys.of(workspace, Keys.DECISION, offset));
        if (bytes != null) {
            return StoredDecision.read(bytes);
        }
        Pack pack = packs.endingFrom(workspace, offset);
        int at = pack == null ? -1 : pack.find(offset);
        return at < 0 ? null : pack.decision(at);
    }

    /**
     * {@return the decision that took a version, or null}
     *
     * @param workspace the workspace's name
     * @param version   the version
     */
    public StoredDecision decisionOfVersion(String workspace, long version) {
        byte[] alone = loose.ofVersion(workspace, version);
        if (alone != null) {
            return StoredDecision.read(alone);
        }
        Pack pack = packs.ofVersion(workspace, version);
        return pack == null ? null : pack.decision((int) (version - pack.firstVersion()));
    }

    /**
     * Stores a decision by itself.
     *
     * @param workspace the workspace's name
     * @param offset    the record's offset
     * @param decision  the decision
     */
    public void put(String workspace, long offset, StoredDecision decision) {
        table.put(Keys.of(workspace, Keys.DECISION, offset), decision.bytes());
        loose.put(workspace, offset, decision);
    }

    /**
     * Stores the decisions of consecutive versions once more, packed.
     *
     * @param workspace the workspace's name
     * @param pack      the decisions
     */
    public void put(String workspace, Pack pack) {
        packs.put(workspace, pack);
    }

    /**
     * {@return the pack that holds a version, or null}
     *
     * @param workspace the workspace's name
     * @param version   the version
     */
    public Pack pack(String workspace, long version) {
        return packs.ofVersion(workspace, version);
    }

    /**
     * {@return the last version of the first pack that is stored, or -1 where that is beyond a version}
     *
     * @param workspace the workspace's name
     * @param to        the version
     */
    public long firstPack(String workspace, long to) {
        return packs.firstLastVersion(workspace, 0, to);
    }

    /**
     * Removes a pack.
     *
     * @param workspace   the workspace's name
     * @param lastVersion the version of its last decision
     */
    public void deletePack(String workspace, long lastVersion) {
        packs.delete(workspace, lastVersion);
    }

    /**
     * {@return decisions that took a version and are stored by themselves, in order}
     *
     * @param workspace the workspace's name
     * @param from      the lowest offset
     * @param to        the highest offset, itself included
     * @param most      how many at most
     */
    public List<LooseDecisions.Committed> committed(String workspace, long from, long to, int most) {
        return loose.committed(workspace, from, to, most);
    }

    /**
     * Removes a decision that took a version and is stored by itself.
     *
     * @param workspace the workspace's name
     * @param committed the decision
     */
    public void delete(String workspace, LooseDecisions.Committed committed) {
        table.delete(Keys.of(workspace, Keys.DECISION, committed.offset()));
        loose.removed(workspace, committed.version());
    }

    /**
     * Removes a decision that is stored by itself and took no version.
     *
     * @param workspace the workspace's name
     * @param offset    the decided record's offset
     */
    public void deleteDecision(String workspace, long offset) {
        table.delete(Keys.of(workspace, Keys.DECISION, offset));
    }

    /**
     * {@return the highest offset that a decision is stored for, or -1}
     *
     * @param workspace the workspace's name
     */
    public long lastDecision(String workspace) {
        long[] last = {packs.lastOffset(workspace)};
        table.descending(Keys.of(workspace, Keys.DECISION, 0), Keys.of(workspace, Keys.DECISION, Long.MAX_VALUE),
            (key, value) -> {
                last[0] = Math.max(last[0], Keys.number(key, 0));
                return false;
            });
        return last[0];
    }

    /**
     * Visits the decisions of a workspace in order of their offsets. The visitor must not change the store.
     *
     * @param workspace the workspace's name
     * @param from      the lowest offset
     * @param to        the highest offset, itself included
     * @param visitor   sees the decisions
     */
    public void decisions(String workspace, long from, long to, Visitor visitor) {
        long next = from;
        for (Pack pack = packs.endingFrom(workspace, next); pack != null && pack.firstOffset() <= to;
             pack = packs.endingFrom(workspace, next)) {
            if (!together(workspace, next, Math.min(to, pack.lastOffset()), pack, visitor)) {
                return;
            }
            next = pack.lastOffset() + 1;
        }
        looseDecisions(workspace, next, to, visitor);
    }

    /** A decision may be stored both ways, as the same bytes. */
    private boolean together(String workspace, long from, long to, Pack pack, Visitor visitor) {
        SortedMap<Long, StoredDecision> both = new TreeMap<>();
        for (int i = 0; i < pack.size(); i++) {
            if (from <= pack.offset(i) && pack.offset(i) <= to) {
                both.put(pack.offset(i), pack.decision(i));
            }
        }
        looseDecisions(workspace, from, to, (offset, decision) -> {
            both.put(offset, decision);
            return true;
        });
        return both.entrySet().stream().allMatch(each -> visitor.visit(each.getKey(), each.getValue()));
    }

    /**
     * Visits the decisions that are stored by themselves, in order of their offsets. The visitor must not change the
     * store.
     *
     * @param workspace the workspace's name
     * @param from      the lowest offset
     * @param to        the highest offset, itself included
     * @param visitor   sees the decisions
     */
    public void looseDecisions(String workspace, long from, long to, Visitor visitor) {
        if (from <= to) {
            table.ascending(Keys.of(workspace, Keys.DECISION, from), Keys.of(workspace, Keys.DECISION, to),
                (key, value) -> visitor.visit(Keys.number(key, 0), StoredDecision.read(value)));
        }
    }

    private Numbered first(String workspace, char kind, long from, long to) {
        long usually = longOrMinusOne(table.get(Keys.of(workspace, kind, from)));
        if (usually >= 0) {
            return new Numbered(from, usually);
        }
        List<Numbered> found = new ArrayList<>(1);
        table.ascending(Keys.of(workspace, kind, from), Keys.of(workspace, kind, to), (key, value) -> {
            found.add(new Numbered(Keys.number(key, 0), longOrMinusOne(value)));
            return false;
        });
        return found.isEmpty() ? null : found.get(0);
    }

    /**
     * {@return the checkpoint that covers so many decisions, or null}
     *
     * @param workspace the workspace's name
     * @param index     the number of decisions
     */
    public Manifest manifest(String workspace, long index) {
        byte[] bytes = pieces.get(Keys.of(workspace, Keys.CHECKPOINT, index));
        return bytes == null ? null : Manifest.read(bytes);
    }

    /**
     * {@return how many decisions each checkpoint of a workspace covers, the largest number first}
     *
     * @param workspace the workspace's name
     * @param most      the largest number wanted
     */
    public List<Long> checkpoints(String workspace, long most) {
        List<Long> indexes = new ArrayList<>();
        byte[] from = Pieces.pieceKey(Keys.of(workspace, Keys.CHECKPOINT, 0), 0);
        byte[] to = Pieces.pieceKey(Keys.of(workspace, Keys.CHECKPOINT, most), Integer.MAX_VALUE);
        table.descending(from, to, (key, value) -> {
            if (Pieces.isFirst(key)) {
                indexes.add(Keys.number(key, Integer.BYTES));
            }
            return true;
        });
        return indexes;
    }

    /**
     * Stores a checkpoint; its texts must have been stored before.
     *
     * @param workspace the workspace's name
     * @param manifest  the checkpoint
     */
    public void put(String workspace, Manifest manifest) {
        pieces.put(Keys.of(workspace, Keys.CHECKPOINT, manifest.index()), manifest.bytes());
    }

    /**
     * Removes a checkpoint.
     *
     * @param workspace the workspace's name
     * @param index     the number of decisions it covers
     */
    public void deleteManifest(String workspace, long index) {
        pieces.delete(Keys.of(workspace, Keys.CHECKPOINT, index));
    }

    /**
     * {@return a file's text, or null where it is not there}
     *
     * @param workspace the workspace's name
     * @param file      the file's id
     * @param version   the version of the file's last change
     */
    public Text text(String workspace, String file, long version) {
        byte[] utf8 = pieces.get(Keys.text(workspace, file, version));
        return utf8 == null ? null : Text.of(new String(utf8, StandardCharsets.UTF_8));
    }

    /**
     * Stores a file's text.
     *
     * @param workspace the workspace's name
     * @param file      the file's id
     * @param version   the version of the file's last change
     * @param text      its text then
     */
    public void put(String workspace, String file, long version, Text text) {
        pieces.put(Keys.text(workspace, file, version), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Removes a file's text.
     *
     * @param workspace the workspace's name
     * @param file      the file's id
     * @param version   the version of the file's last change
     */
    public void deleteText(String workspace, String file, long version) {
        pieces.delete(Keys.text(workspace, file, version));
    }

    /**
     * {@return the offset of the record with which so many decisions were reached, or -1 where it is not kept}
     *
     * @param workspace the workspace's name
     * @param index     the number of decisions
     */
    public long mark(String workspace, long index) {
        return longOrMinusOne(table.get(Keys.of(workspace, Keys.MARK, index)));
    }

    /**
     * {@return the lowest mark, or null}
     *
     * @param workspace the workspace's name
     * @param from      the lowest number of decisions looked for
     * @param to        the highest
     */
    public Numbered firstMark(String workspace, long from, long to) {
        return first(workspace, Keys.MARK, from, to);
    }

    /**
     * Notes with which record so many decisions were reached.
     *
     * @param workspace the workspace's name
     * @param index     the number of decisions
     * @param offset    the record's offset
     */
    public void putMark(String workspace, long index, long offset) {
        table.put(Keys.of(workspace, Keys.MARK, index), longBytes(offset));
    }

    /**
     * Removes a mark.
     *
     * @param workspace the workspace's name
     * @param index     the number of decisions
     */
    public void deleteMark(String workspace, long index) {
        table.delete(Keys.of(workspace, Keys.MARK, index));
    }

    /**
     * {@return the parts of a workspace's raw log; none where nothing of it was ever decided}
     *
     * @param workspace the workspace's name
     */
    public LogParts parts(String workspace) {
        LogParts parts = LogParts.NONE;
        while (true) {
            int part = parts.last() + 1;
            byte[] home = table.get(Keys.home(workspace, part));
            if (home == null) {
                return parts;
            }
            parts = parts.with(part, Home.read(home));
            byte[] fence = table.get(Keys.of(workspace, Keys.FENCE, part));
            if (fence == null) {
                return parts;
            }
            parts = parts.with(fence(fence));
        }
    }

    /**
     * Notes where a part of a workspace's raw log is.
     *
     * @param workspace the workspace's name
     * @param part      number of the part, from 0
     * @param home      the place
     */
    public void put(String workspace, int part, Home home) {
        table.put(Keys.home(workspace, part), home.bytes());
    }

    /**
     * Notes where a part of a workspace's raw log ends.
     *
     * @param workspace the workspace's name
     * @param part      number of the part, from 0
     * @param fence     its end
     */
    public void put(String workspace, int part, LogParts.Fence fence) {
        byte[] next = fence.next().getBytes(StandardCharsets.UTF_8);
        table.put(Keys.of(workspace, Keys.FENCE, part), ByteBuffer.allocate(2 * Long.BYTES + next.length)
            .putLong(fence.offset()).putLong(fence.version()).put(next).array());
    }

    private static LogParts.Fence fence(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long offset = in.getLong();
        long version = in.getLong();
        return new LogParts.Fence(offset, version, StandardCharsets.UTF_8.decode(in).toString());
    }

    private static byte[] longBytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static long longOrMinusOne(byte[] bytes) {
        return bytes == null ? -1 : ByteBuffer.wrap(bytes).getLong();
    }
}
