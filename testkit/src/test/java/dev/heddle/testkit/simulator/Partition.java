package dev.heddle.testkit.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One partition of a topic as a broker keeps it: offsets, log-append times, and compaction where the topic asks for it.
 * Nothing that was appended is ever lost but by compaction: durability of the brokers is what Heddle relies on.
 */
final class Partition {

    /**
     * One record.
     *
     * @param key    its key or null
     * @param value  its value or null
     * @param timeMs log-append time, milliseconds since 1970 UTC
     * @param via    its header that says how it came, or null
     */
    record Entry(String topic, long offset, long timeMs, byte[] key, byte[] value, byte[] via) {
    }

    /** A key in a map. */
    record Key(byte[] bytes) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    private final String topic;
    private final Timeline timeline;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Consumer<Entry>> listeners = new ArrayList<>();
    private int compactedTo;

    Partition(String topic, Timeline timeline) {
        this.topic = topic;
        this.timeline = timeline;
    }

    String topic() {
        return topic;
    }

    /** Appends a record and tells who listens. */
    void append(byte[] key, byte[] value, byte[] via) {
        Entry entry = new Entry(topic, entries.size(), timeline.nowMs(), key, value, via);
        entries.add(entry);
        for (Consumer<Entry> listener : List.copyOf(listeners)) {
            listener.accept(entry);
        }
    }

    /** Has somebody told of every record from now on, at once. */
    void listen(Consumer<Entry> listener) {
        listeners.add(listener);
    }

    void forget(Consumer<Entry> listener) {
        listeners.remove(listener);
    }

    /** {@return the offset of the next record} */
    long end() {
        return entries.size();
    }

    /** {@return the first record at or after an offset that compaction has left, or null} */
    Entry next(long from) {
        for (int offset = (int) from; offset < entries.size(); offset++) {
            if (entries.get(offset) != null) {
                return entries.get(offset);
            }
        }
        return null;
    }

    /** {@return all records that are left, in order} */
    List<Entry> left() {
        return entries.stream().filter(entry -> entry != null).toList();
    }

    /**
     * Compacts what lies below an offset: of each key the newest stays, and a tombstone goes once it is old enough.
     *
     * @param below          the first offset that is not touched, as an active segment is not
     * @param tombstoneAgeMs how long a tombstone stays
     * @return how many records went
     */
    int compact(long below, long tombstoneAgeMs) {
        Map<Key, Long> newest = new HashMap<>();
        for (int offset = 0; offset < Math.min(below, entries.size()); offset++) {
            if (entries.get(offset) != null) {
                newest.put(new Key(entries.get(offset).key()), (long) offset);
            }
        }
        int gone = 0;
        for (int offset = 0; offset < Math.min(below, entries.size()); offset++) {
            Entry entry = entries.get(offset);
            boolean superseded = entry != null && newest.get(new Key(entry.key())) != offset;
            boolean expired = entry != null && entry.value() == null && offset < compactedTo
                && entry.timeMs() + tombstoneAgeMs <= timeline.nowMs();
            if (superseded || expired) {
                entries.set(offset, null);
                gone++;
            }
        }
        compactedTo = (int) Math.max(compactedTo, below);
        return gone;
    }
}
