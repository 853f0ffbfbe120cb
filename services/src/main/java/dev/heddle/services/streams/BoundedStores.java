package dev.heddle.services.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Options;

/** Has every RocksDB store draw on one {@link StoreMemory}. Made by Kafka Streams, by its class name. */
public final class BoundedStores implements RocksDBConfigSetter {

    private static final long WRITE_BUFFER_BYTES = 4L * 1024 * 1024;
    private static final int BLOCK_BYTES = 16 * 1024;

    private BloomFilter filter;

    /** For Kafka Streams. */
    public BoundedStores() {
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        if (!(configs.get(StoreMemory.SETTING) instanceof StoreMemory memory)) {
            throw new IllegalStateException(StoreMemory.SETTING + " is not set for store " + storeName);
        }
        // Most entries are looked for before they are stored; the filter answers that without touching the disk.
        filter = new BloomFilter();
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(memory.cache());
        table.setBlockSize(BLOCK_BYTES);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        table.setFilterPolicy(filter);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.writeBuffers());
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    }

    @Override
    public void close(String storeName, Options options) {
        filter.close();
    }
}
