package dev.heddle.snapshotter.store;

import dev.heddle.snapshotter.metrics.SnapshotterMetrics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The shards this instance holds at the moment. Any thread. */
public final class LocalShards {

    private final Map<Integer, Shard> byPartition = new ConcurrentHashMap<>();
    private final HotWorkspaces hot;
    private final SnapshotterMetrics metrics;
    private final Consumer<Shard> opened;

    /**
     * No shards yet.
     *
     * @param hot     memory shared by all shards
     * @param metrics what is counted
     * @param opened  is told of each shard that is ready to be read; must be quick
     */
    public LocalShards(HotWorkspaces hot, SnapshotterMetrics metrics, Consumer<Shard> opened) {
        this.hot = hot;
        this.metrics = metrics;
        this.opened = opened;
    }

    /**
     * {@return a shard that this instance now holds, its stores restored}
     *
     * @param stores its stores
     */
    public Shard open(ShardStores stores) {
        Shard shard = new Shard(stores, hot, metrics);
        byPartition.put(shard.partition(), shard);
        opened.accept(shard);
        return shard;
    }

    /**
     * Gives a shard up; reads under way end first.
     *
     * @param shard the shard
     */
    public void close(Shard shard) {
        byPartition.remove(shard.partition(), shard);
        shard.close();
    }

    /**
     * {@return the shard of a partition, or null where this instance does not hold it}
     *
     * @param partition the partition
     */
    public Shard find(int partition) {
        return byPartition.get(partition);
    }

    /** {@return the shards held; a copy} */
    public Collection<Shard> all() {
        return List.copyOf(byPartition.values());
    }

    /** {@return the memory shared by all shards} */
    public HotWorkspaces hot() {
        return hot;
    }
}
