package dev.heddle.schemas.serde;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets the entry longest unused once it is full. Any thread. */
final class BoundedCache<K, V> {

    private final Map<K, V> entries;

    /**
     * An empty cache.
     *
     * @param maxEntries most entries held
     */
    BoundedCache(int maxEntries) {
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > maxEntries;
            }
        };
    }

    /** {@return the value of a key, or null} */
    synchronized V get(K key) {
        return entries.get(key);
    }

    /** Sets the value of a key. */
    synchronized void put(K key, V value) {
        entries.put(key, value);
    }

    /** Forgets a key. */
    synchronized void remove(K key) {
        entries.remove(key);
    }

    /** {@return number of entries} */
    synchronized int size() {
        return entries.size();
    }
}
