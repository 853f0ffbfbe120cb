package dev.heddle.testkit.simulator;

import dev.heddle.transformer.store.Table;
import java.util.Map;
import java.util.TreeMap;

/** The sequencer's store: a table on a disk, every change sent to the changelog too, a death possible between. */
final class LoggedTable implements Table {

    private final TreeMap<byte[], byte[]> entries;
    private final CrashPoints crash;
    private final Changelog changelog;

    /** Where changes go. */
    @FunctionalInterface
    interface Changelog {
        void send(byte[] key, byte[] value);
    }

    LoggedTable(TreeMap<byte[], byte[]> entries, CrashPoints crash, Changelog changelog) {
        this.entries = entries;
        this.crash = crash;
        this.changelog = changelog;
    }

    @Override
    public byte[] get(byte[] key) {
        return entries.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        crash.pass("before put " + kind(key));
        entries.put(key, value);
        crash.pass("between store and changelog " + kind(key));
        changelog.send(key, value);
    }

    @Override
    public void delete(byte[] key) {
        crash.pass("before delete " + kind(key));
        entries.remove(key);
        crash.pass("between delete and changelog " + kind(key));
        changelog.send(key, null);
    }

    /** {@return what kind of entry a key names: decision, pack, pack's offset, checkpoint, text, mark or home} */
    private static String kind(byte[] key) {
        for (int i = 0; i < key.length - 1; i++) {
            if (key[i] == 0) {
                return String.valueOf((char) key[i + 1]);
            }
        }
        return "?";
    }

    @Override
    public void ascending(byte[] from, byte[] to, Visitor visitor) {
        visit(entries.subMap(from, true, to, true), visitor);
    }

    @Override
    public void descending(byte[] from, byte[] to, Visitor visitor) {
        visit(entries.subMap(from, true, to, true).descendingMap(), visitor);
    }

    private static void visit(Map<byte[], byte[]> found, Visitor visitor) {
        for (Map.Entry<byte[], byte[]> entry : found.entrySet()) {
            if (!visitor.visit(entry.getKey(), entry.getValue())) {
                return;
            }
        }
    }
}
