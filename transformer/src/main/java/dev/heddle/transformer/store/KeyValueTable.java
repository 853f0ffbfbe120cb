package dev.heddle.transformer.store;

import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A {@link Table} over a Kafka Streams store; every change goes to the store's changelog too. */
public final class KeyValueTable implements Table {

    private final KeyValueStore<Bytes, byte[]> store;

    /**
     * A table over a store, which stays its owner's.
     *
     * @param store the store, open
     */
    public KeyValueTable(KeyValueStore<Bytes, byte[]> store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    @Override
    public byte[] get(byte[] key) {
        return store.get(Bytes.wrap(key));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        store.put(Bytes.wrap(key), Objects.requireNonNull(value, "value"));
    }

    @Override
    public void delete(byte[] key) {
        store.delete(Bytes.wrap(key));
    }

    @Override
    public void ascending(byte[] from, byte[] to, Visitor visitor) {
        visit(store.range(Bytes.wrap(from), Bytes.wrap(to)), visitor);
    }

    @Override
    public void descending(byte[] from, byte[] to, Visitor visitor) {
        visit(store.reverseRange(Bytes.wrap(from), Bytes.wrap(to)), visitor);
    }

    private static void visit(KeyValueIterator<Bytes, byte[]> entries, Visitor visitor) {
        try (entries) {
            boolean more = true;
            while (more && entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                more = visitor.visit(entry.key.get(), entry.value);
            }
        }
    }
}
