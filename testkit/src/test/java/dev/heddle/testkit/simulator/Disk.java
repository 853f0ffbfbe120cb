package dev.heddle.testkit.simulator;

import java.util.Arrays;
import java.util.TreeMap;

/** A state directory: what a store holds, and up to where of its changelog that is sure. Outlives processes. */
final class Disk {

    final String name;
    final TreeMap<byte[], byte[]> first = new TreeMap<>(Arrays::compareUnsigned);
    final TreeMap<byte[], byte[]> second = new TreeMap<>(Arrays::compareUnsigned);
    long firstRestored;
    long secondRestored;
    boolean inUse;

    Disk(String name) {
        this.name = name;
    }

    void wipe() {
        first.clear();
        second.clear();
        firstRestored = 0;
        secondRestored = 0;
    }
}
