package dev.heddle.transformer.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.RocksDBStore;

/**
 * Gives RocksDB stores that can be opened though a failed thread of this process never closed the one before.
 *
 * <p>Kafka Streams does not close every store of a thread that fails while tasks change hands; RocksDB's lock, which
 * belongs to the process, would then keep every later thread from the shard for as long as the process lives.
 */
public final class ReopenedStores implements KeyValueBytesStoreSupplier {

    private static final String METRICS_SCOPE = "rocksdb";
    private static final Map<String, RocksDBStore> OPEN = new ConcurrentHashMap<>();

    private final String name;

    /**
     * A supplier.
     *
     * @param name the store's name, never null
     */
    public ReopenedStores(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public KeyValueStore<Bytes, byte[]> get() {
        return new Store(name);
    }

    @Override
    public String metricsScope() {
        return METRICS_SCOPE;
    }

    private static final class Store extends RocksDBStore {

        private String place;

        Store(String name) {
            super(name, METRICS_SCOPE);
        }

        @Override
        public void init(StateStoreContext context, StateStore root) {
            place = context.stateDir() + "/" + name();
            // The directory's own lock sees to it that no living thread has the one before.
            RocksDBStore before = OPEN.put(place, this);
            if (before != null && before.isOpen()) {
                before.close();
            }
            super.init(context, root);
        }

        @Override
        public synchronized void close() {
            super.close();
            if (place != null) {
                OPEN.remove(place, this);
            }
        }
    }
}
