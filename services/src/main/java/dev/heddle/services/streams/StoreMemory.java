package dev.heddle.services.streams;

import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One bound on the memory that all stores of an instance take outside the Java heap: block cache, index and filter
 * blocks and write buffers together. Any thread; closed after the last store.
 */
public final class StoreMemory implements AutoCloseable {

    /** The setting under which stores find it; it is an object and never stands in a file. */
    public static final String SETTING = "heddle.internal.store.memory";

    private static final double INDEX_SHARE = 0.1;

    private final Cache cache;
    private final WriteBufferManager writeBuffers;

    /**
     * A bound.
     *
     * @param bytes most bytes of all stores; a third of them for write buffers
     */
    public StoreMemory(long bytes) {
        RocksDB.loadLibrary();
        this.cache = new LRUCache(bytes, -1, false, INDEX_SHARE);
        this.writeBuffers = new WriteBufferManager(bytes / 3, cache);
    }

    Cache cache() {
        return cache;
    }

    WriteBufferManager writeBuffers() {
        return writeBuffers;
    }

    @Override
    public void close() {
        writeBuffers.close();
        cache.close();
    }
}
