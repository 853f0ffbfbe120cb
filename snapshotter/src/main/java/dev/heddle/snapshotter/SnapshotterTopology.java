package dev.heddle.snapshotter;

import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.snapshotter.processor.FoldProcessor;
import dev.heddle.snapshotter.processor.NodeNames;
import dev.heddle.snapshotter.processor.Parts;
import dev.heddle.snapshotter.processor.StoreOperationsProcessor;
import dev.heddle.snapshotter.processor.StoreSnapshotsProcessor;
import dev.heddle.snapshotter.processor.TrimProcessor;
import dev.heddle.snapshotter.store.StoreNames;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The Kafka Streams topology: one task per shard.
 *
 * <pre>
 *  heddle.canonical  →  store-operations (store operations)
 *                    →  fold  →  heddle.snapshots, heddle.dead-letters
 *  heddle.snapshots  →  store-snapshots (store snapshots)
 *                    →  trim  →  heddle.canonical (tombstones), heddle.snapshots (a newer one again)
 * </pre>
 *
 * <p>The two stores have the two topics themselves as changelogs: what is restored is what was read. So a snapshot is
 * in its store only once it is durable, and nothing is trimmed before.
 */
public final class SnapshotterTopology {

    /** A record without a time is of 1970; Streams would stop at it. */
    private static final TimestampExtractor LOG_TIME = (record, partitionTime) -> Math.max(0, record.timestamp());

    private SnapshotterTopology() {
    }

    /**
     * {@return the topology}
     *
     * @param parts what its processors work with
     */
    public static Topology build(Parts parts) {
        Topology topology = new Topology();
        addReadOnlyStore(topology, StoreNames.OPERATIONS, NodeNames.CANONICAL, Topics.CANONICAL,
            NodeNames.STORE_OPERATIONS, () -> new StoreOperationsProcessor(parts.metrics()));
        addReadOnlyStore(topology, StoreNames.SNAPSHOTS, NodeNames.SNAPSHOTS, Topics.SNAPSHOTS,
            NodeNames.STORE_SNAPSHOTS, () -> new StoreSnapshotsProcessor(parts.codec(), parts.metrics()));
        // Added after the storing ones, so that each finds the record at hand in its store.
        topology.addProcessor(NodeNames.FOLD, () -> new FoldProcessor(parts), NodeNames.CANONICAL);
        topology.addProcessor(NodeNames.TRIM, () -> new TrimProcessor(parts), NodeNames.SNAPSHOTS);
        topology.connectProcessorAndStateStores(NodeNames.FOLD, StoreNames.OPERATIONS, StoreNames.SNAPSHOTS);
        topology.connectProcessorAndStateStores(NodeNames.TRIM, StoreNames.OPERATIONS, StoreNames.SNAPSHOTS);
        StreamPartitioner<byte[], byte[]> byShard = partitioner(parts.shardCount());
        addSink(topology, NodeNames.SNAPSHOTS_OUT, Topics.SNAPSHOTS, byShard, NodeNames.FOLD);
        addSink(topology, NodeNames.HEALED_OUT, Topics.SNAPSHOTS, byShard, NodeNames.TRIM);
        addSink(topology, NodeNames.TOMBSTONES_OUT, Topics.CANONICAL, byShard, NodeNames.TRIM);
        addSink(topology, NodeNames.DEAD_LETTERS, Topics.DEAD_LETTERS,
            (topic, key, value, count) -> Optional.of(Set.of(0)), NodeNames.FOLD);
        return topology;
    }

    /**
     * {@return a partitioner by the workspace that a key begins with}
     *
     * @param shardCount the installation's number of shards
     */
    public static StreamPartitioner<byte[], byte[]> partitioner(int shardCount) {
        return (topic, key, value, count) -> {
            String text = new String(key, StandardCharsets.UTF_8);
            return Optional.of(Set.of(Shards.of(text.substring(0, text.indexOf('/')), shardCount)));
        };
    }

    private static void addReadOnlyStore(Topology topology, String store, String source, String topic, String processor,
                                         ProcessorSupplier<byte[], byte[], Void,
                                             Void> update) {
        StoreBuilder<KeyValueStore<byte[], byte[]>> builder = Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(store), Serdes.ByteArray(), Serdes.ByteArray()).withCachingDisabled();
        topology.addReadOnlyStateStore(builder, source, LOG_TIME, new ByteArrayDeserializer(),
            new ByteArrayDeserializer(), topic, processor, update);
    }

    private static void addSink(Topology topology, String name, String topic,
                                StreamPartitioner<byte[], byte[]> partitioner, String parent) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), partitioner, parent);
    }
}
