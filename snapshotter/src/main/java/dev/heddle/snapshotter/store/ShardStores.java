package dev.heddle.snapshotter.store;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.schemas.codec.CodecException;
import dev.heddle.schemas.serde.MalformedRecordException;
import dev.heddle.schemas.topic.CanonicalKey;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.schemas.topic.WorkspaceKeys;
import dev.heddle.snapshotter.fold.FoldException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads of one shard's two stores. Any thread; after {@link #close()}, which waits for reads under way, every read
 * throws {@link StoreClosedException}, so that nobody touches a store that Kafka Streams has given back.
 */
public final class ShardStores implements AutoCloseable {

    private static final String LAST = "/99999999999999999999";
    /** Each hash stands for all that is before it, so few are as good as many. */
    private static final int HASHES_MAX = 1_000;

    private final int partition;
    private final ReadOnlyKeyValueStore<byte[], byte[]> operations;
    private final ReadOnlyKeyValueStore<byte[], byte[]> snapshots;
    private final RecordCodec codec;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    /**
     * Reads of the given stores.
     *
     * @param partition  the shard
     * @param operations records of the canonical topic by key
     * @param snapshots  records of the snapshot topic by key
     * @param codec      reads their values
     */
    public ShardStores(int partition, ReadOnlyKeyValueStore<byte[], byte[]> operations,
                       ReadOnlyKeyValueStore<byte[], byte[]> snapshots, RecordCodec codec) {
        this.partition = partition;
        this.operations = operations;
        this.snapshots = snapshots;
        this.codec = codec;
    }

    /** {@return the shard} */
    public int partition() {
        return partition;
    }

    /** {@return the codec of the values} */
    public RecordCodec codec() {
        return codec;
    }

    /**
     * {@return one operation, or null where it is not kept}
     *
     * @param workspace the workspace's name
     * @param version   the version, from 1
     */
    public CanonicalOperation operation(String workspace, long version) {
        byte[] value = guarded(() -> operations.get(bytes(CanonicalKeys.format(workspace, version))));
        return value == null ? null : decode(workspace, version, value);
    }

    /**
     * {@return the newest version kept of a workspace, 0 where none is}
     *
     * @param workspace the workspace's name
     */
    public long newestVersion(String workspace) {
        return guarded(() -> {
            try (KeyValueIterator<byte[], byte[]> found =
                     operations.reverseRange(bytes(workspace + '/'), bytes(workspace + LAST))) {
                CanonicalKey key = firstKey(found);
                return key == null ? 0L : key.version();
            }
        });
    }

    /**
     * Walks over kept operations in order of version. The visitor runs while the stores are held open, so it is brief.
     *
     * @param workspace the workspace's name
     * @param after     walk over versions above this one
     * @param upTo      and up to this one
     * @param visitor   is given the operation and its encoded size in bytes; says whether to go on
     */
    public void operations(String workspace, long after, long upTo, BiPredicate<CanonicalOperation, Integer> visitor) {
        if (upTo <= after) {
            return;
        }
        guarded(() -> {
            try (KeyValueIterator<byte[], byte[]> found =
                     operations.range(bytes(CanonicalKeys.format(workspace, after + 1)),
                         bytes(CanonicalKeys.format(workspace, upTo)))) {
                boolean more = true;
                while (more && found.hasNext()) {
                    KeyValue<byte[], byte[]> entry = found.next();
                    more = visitor.test(decode(workspace, -1, entry.value), entry.value.length);
                }
            }
            return null;
        });
    }

    /**
     * Walks over kept operations in order of version, reading only which file each touches. The visitor runs while the
     * stores are held open, so it is brief.
     *
     * @param workspace the workspace's name
     * @param after     walk over versions above this one
     * @param upTo      and up to this one
     * @param visitor   is given each, and the operation as it is stored
     */
    public void touches(String workspace, long after, long upTo, BiConsumer<Touch, byte[]> visitor) {
        if (upTo <= after) {
            return;
        }
        TouchReader reader = codec.touches();
        guarded(() -> {
            try (KeyValueIterator<byte[], byte[]> found =
                     operations.range(bytes(CanonicalKeys.format(workspace, after + 1)),
                         bytes(CanonicalKeys.format(workspace, upTo)))) {
                while (found.hasNext()) {
                    byte[] value = found.next().value;
                    visitor.accept(decoded(workspace, -1, value, reader::read), value);
                }
            }
            return null;
        });
    }

    /**
     * {@return the hashes of some kept operations, by version: the newest ones}
     *
     * @param workspace the workspace's name
     * @param after     above this version
     * @param upTo      and up to this one
     */
    public Map<Long, Hash> hashes(String workspace, long after, long upTo) {
        Map<Long, Hash> hashes = new HashMap<>();
        if (upTo <= after) {
            return hashes;
        }
        return guarded(() -> {
            try (KeyValueIterator<byte[], byte[]> found =
                     operations.reverseRange(bytes(CanonicalKeys.format(workspace, after + 1)),
                         bytes(CanonicalKeys.format(workspace, upTo)))) {
                while (found.hasNext() && hashes.size() < HASHES_MAX) {
                    CanonicalOperation operation = decode(workspace, -1, found.next().value);
                    hashes.put(operation.version(), operation.hash());
                }
            }
            return hashes;
        });
    }

    /**
     * {@return the stored snapshot of a file, or null}
     *
     * @param workspace the workspace's name
     * @param file      the file's id
     */
    public StoredSnapshot snapshot(String workspace, String file) {
        byte[] value = guarded(() -> snapshots.get(bytes(WorkspaceKeys.format(workspace, file))));
        return value == null ? null : decodeSnapshot(workspace, file, value);
    }

    /**
     * Walks over the stored snapshots of a workspace.
     *
     * @param workspace the workspace's name
     * @param visitor   is given each snapshot
     */
    public void snapshots(String workspace, Consumer<StoredSnapshot> visitor) {
        guarded(() -> {
            // '0' is the character after '/', so this is everything that begins with the workspace and a slash.
            try (KeyValueIterator<byte[], byte[]> found =
                     snapshots.range(bytes(workspace + '/'), bytes(workspace + '0'))) {
                while (found.hasNext()) {
                    KeyValue<byte[], byte[]> entry = found.next();
                    if (text(entry.key).startsWith(workspace + '/')) {
                        visitor.accept(decodeSnapshot(workspace, text(entry.key), entry.value));
                    }
                }
            }
            return null;
        });
    }

    /**
     * Walks over the names of all workspaces with a kept operation, in order of name, one seek each.
     *
     * @param after   start behind this name; null to start at the first
     * @param visitor says whether to go on
     */
    public void workspaces(String after, Predicate<String> visitor) {
        String from = after == null ? "" : after + '0';
        boolean more = true;
        while (more) {
            String start = from;
            String name = guarded(() -> {
                try (KeyValueIterator<byte[], byte[]> found = operations.range(bytes(start), null)) {
                    CanonicalKey key = firstKey(found);
                    return key == null ? null : key.workspace();
                }
            });
            more = name != null && visitor.test(name);
            from = name + '0';
        }
    }

    /** Waits for reads under way and refuses all later ones. */
    @Override
    public void close() {
        Lock write = lock.writeLock();
        write.lock();
        try {
            closed = true;
        } finally {
            write.unlock();
        }
    }

    private CanonicalOperation decode(String workspace, long version, byte[] value) {
        return decoded(workspace, version, value, codec::operation);
    }

    private static <T> T decoded(String workspace, long version, byte[] value, Function<byte[], T> reading) {
        try {
            return reading.apply(value);
        } catch (MalformedRecordException | CodecException unreadable) {
            throw new FoldException("workspace " + workspace + ": "
                + (version < 0 ? "an operation" : "version " + version) + " cannot be read: "
                + unreadable.getMessage(), unreadable);
        }
    }

    private StoredSnapshot decodeSnapshot(String workspace, String file, byte[] value) {
        try {
            return codec.snapshot(value);
        } catch (MalformedRecordException | IllegalArgumentException | IndexOutOfBoundsException unreadable) {
            throw new FoldException("workspace " + workspace + ": the snapshot of file " + file + " cannot be read: "
                + unreadable.getMessage(), unreadable);
        }
    }

    /** A key that is not of the topic's form is somebody's mistake; it is passed over, never fatal. */
    private static CanonicalKey firstKey(KeyValueIterator<byte[], byte[]> found) {
        while (found.hasNext()) {
            try {
                return CanonicalKeys.parse(text(found.next().key));
            } catch (IllegalArgumentException ignored) {
                continue;
            }
        }
        return null;
    }

    private <T> T guarded(Supplier<T> read) {
        Lock shared = lock.readLock();
        shared.lock();
        try {
            if (closed) {
                throw new StoreClosedException(partition);
            }
            return read.get();
        } finally {
            shared.unlock();
        }
    }

    /**
     * {@return a key as the stores hold it}
     *
     * @param key the key as text
     */
    public static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * {@return a key as text}
     *
     * @param key the key as the stores hold it
     */
    public static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }
}
