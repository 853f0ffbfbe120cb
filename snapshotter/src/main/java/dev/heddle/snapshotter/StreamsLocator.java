package dev.heddle.snapshotter;

import dev.heddle.schemas.topic.Shards;
import dev.heddle.snapshotter.read.Owner;
import dev.heddle.snapshotter.store.LocalShards;
import dev.heddle.snapshotter.store.Shard;
import dev.heddle.snapshotter.store.StoreNames;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Finds the instance that holds a workspace's shard through the metadata of Kafka Streams. Any thread; quick. */
final class StreamsLocator implements Owner.Locator {

    private final LocalShards shards;
    private final int shardCount;
    private final StreamPartitioner<byte[], byte[]> partitioner;
    private final Supplier<KafkaStreams> streams;

    StreamsLocator(LocalShards shards, int shardCount, Supplier<KafkaStreams> streams) {
        this.shards = shards;
        this.shardCount = shardCount;
        this.partitioner = SnapshotterTopology.partitioner(shardCount);
        this.streams = streams;
    }

    @Override
    public Owner locate(String workspace) {
        Shard here = shards.find(Shards.of(workspace, shardCount));
        if (here != null) {
            return new Owner.Here(here);
        }
        KafkaStreams running = streams.get();
        if (running == null) {
            return new Owner.Nobody();
        }
        try {
            KeyQueryMetadata metadata = running.queryMetadataForKey(StoreNames.OPERATIONS,
                (workspace + '/').getBytes(StandardCharsets.UTF_8), partitioner);
            boolean known = metadata != null && !metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)
                && metadata.activeHost() != null && metadata.activeHost().port() > 0;
            return known ? new Owner.There(metadata.activeHost().host(), metadata.activeHost().port())
                : new Owner.Nobody();
        } catch (InvalidStateStoreException | IllegalStateException notNow) {
            return new Owner.Nobody();
        }
    }
}
