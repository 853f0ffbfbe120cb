package dev.heddle.transformer.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The decisions that are stored by themselves, each under its offset. Which of them took a version is only asked for
 * when somebody reads the newest history that is not in memory; then it is found out once. One thread at a time.
 */
public final class LooseDecisions {

    private static final int INDEXED_MAX = 8;

    /**
     * A decision that took a version.
     *
     * @param version  the version
     * @param offset   the decided record's offset
     * @param decision its stored form, not to be changed
     */
    public record Committed(long version, long offset, byte[] decision) {
    }

    private final Table table;
    /** Offsets by version, of the workspaces asked for last. */
    private final Map<String, Map<Long, Long>> offsets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<Long, Long>> eldest) {
            return size() > INDEXED_MAX;
        }
    };

    LooseDecisions(Table table) {
        this.table = table;
    }

    /** A decision was stored. */
    void put(String workspace, long offset, StoredDecision decision) {
        if (decision.outcome() instanceof Outcome.Committed committed && offsets.containsKey(workspace)) {
            offsets.get(workspace).put(committed.version(), offset);
        }
    }

    /** {@return the stored form of the decision that took a version, or null where it is not stored by itself} */
    byte[] ofVersion(String workspace, long version) {
        Long offset = offsets.computeIfAbsent(workspace, this::index).get(version);
        return offset == null ? null : table.get(Keys.of(workspace, Keys.DECISION, offset));
    }

    private Map<Long, Long> index(String workspace) {
        Map<Long, Long> found = new HashMap<>();
        committed(workspace, 0, Long.MAX_VALUE, Integer.MAX_VALUE).forEach(each ->
            found.put(each.version(), each.offset()));
        return found;
    }

    List<Committed> committed(String workspace, long from, long to, int most) {
        List<Committed> found = new ArrayList<>();
        table.ascending(Keys.of(workspace, Keys.DECISION, from), Keys.of(workspace, Keys.DECISION, to),
            (key, value) -> {
                long version = StoredDecision.version(value);
                if (version > 0) {
                    found.add(new Committed(version, Keys.number(key, 0), value));
                }
                return found.size() < most;
            });
        return found;
    }

    /** A decision was removed. */
    void removed(String workspace, long version) {
        Map<Long, Long> indexed = offsets.get(workspace);
        if (indexed != null) {
            indexed.remove(version);
        }
    }
}
