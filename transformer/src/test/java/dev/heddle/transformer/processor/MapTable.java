package dev.heddle.transformer.processor;

import dev.heddle.transformer.store.Table;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A table in memory that tells of every change, as a store tells its changelog; a null value is a removal. */
final class MapTable implements Table {

    private final TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
    private final BiConsumer<byte[], byte[]> changelog;

    MapTable(BiConsumer<byte[], byte[]> changelog) {
        this.changelog = changelog;
    }

    /** Takes in a change without telling of it, as a restore does. */
    void restore(byte[] key, byte[] value) {
        if (value == null) {
            entries.remove(key);
        } else {
            entries.put(key, value);
        }
    }

    TreeMap<byte[], byte[]> entries() {
        return entries;
    }

    @Override
    public byte[] get(byte[] key) {
        return entries.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        restore(key, value);
        changelog.accept(key, value);
    }

    @Override
    public void delete(byte[] key) {
        restore(key, null);
        changelog.accept(key, null);
    }

    @Override
    public void ascending(byte[] from, byte[] to, Visitor visitor) {
        visit(entries.subMap(from, true, to, true), visitor);
    }

    @Override
    public void descending(byte[] from, byte[] to, Visitor visitor) {
        visit(entries.subMap(from, true, to, true).descendingMap(), visitor);
    }

    private static void visit(Map<byte[], byte[]> entries, Visitor visitor) {
        for (Map.Entry<byte[], byte[]> entry : entries.entrySet()) {
            if (!visitor.visit(entry.getKey(), entry.getValue())) {
                return;
            }
        }
    }
}
