package dev.heddle.testkit.simulator;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A store of Kafka Streams on a simulated disk. */
final class MapStore implements KeyValueStore<byte[], byte[]> {

    private final String name;
    private final TreeMap<byte[], byte[]> entries;
    private final CrashPoints crash;

    MapStore(String name, TreeMap<byte[], byte[]> entries, CrashPoints crash) {
        this.name = name;
        this.entries = entries;
        this.crash = crash;
    }

    /** Takes in a record of the topic without passing a point at which the process may die. */
    void restore(byte[] key, byte[] value) {
        if (value == null) {
            entries.remove(key);
        } else {
            entries.put(key, value);
        }
    }

    @Override
    public void put(byte[] key, byte[] value) {
        crash.pass("before put into " + name);
        restore(key, value);
        crash.pass("after put into " + name);
    }

    @Override
    public byte[] putIfAbsent(byte[] key, byte[] value) {
        byte[] before = entries.get(key);
        if (before == null) {
            put(key, value);
        }
        return before;
    }

    @Override
    public void putAll(List<KeyValue<byte[], byte[]>> all) {
        all.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte[] delete(byte[] key) {
        byte[] before = entries.get(key);
        put(key, null);
        return before;
    }

    @Override
    public byte[] get(byte[] key) {
        return entries.get(key);
    }

    @Override
    public KeyValueIterator<byte[], byte[]> range(byte[] from, byte[] to) {
        TreeMap<byte[], byte[]> all = entries;
        return iterate(to == null ? all.tailMap(from, true) : all.subMap(from, true, to, true));
    }

    @Override
    public KeyValueIterator<byte[], byte[]> reverseRange(byte[] from, byte[] to) {
        return iterate(entries.subMap(from, true, to, true).descendingMap());
    }

    @Override
    public KeyValueIterator<byte[], byte[]> all() {
        return iterate(entries);
    }

    @Override
    public long approximateNumEntries() {
        return entries.size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        // It is open from the start.
    }

    @Override
    public void close() {
        // The disk stays.
    }

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    private static KeyValueIterator<byte[], byte[]> iterate(Map<byte[], byte[]> found) {
        Iterator<Map.Entry<byte[], byte[]>> entries = found.entrySet().iterator();
        return new KeyValueIterator<>() {
            @Override
            public void close() {
                // Nothing is held.
            }

            @Override
            public byte[] peekNextKey() {
                throw new UnsupportedOperationException("peekNextKey: nobody asks for it");
            }

            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public KeyValue<byte[], byte[]> next() {
                Map.Entry<byte[], byte[]> entry = entries.next();
                return KeyValue.pair(entry.getKey(), entry.getValue());
            }
        };
    }
}
