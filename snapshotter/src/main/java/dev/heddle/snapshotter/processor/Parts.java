package dev.heddle.snapshotter.processor;

import dev.heddle.snapshotter.metrics.SnapshotterMetrics;
import dev.heddle.snapshotter.policy.SnapshotPolicy;
import dev.heddle.snapshotter.policy.TrimPolicy;
import dev.heddle.snapshotter.store.LocalShards;
import dev.heddle.snapshotter.store.RecordCodec;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * What the processors work with, shared by all tasks of an instance.
 *
 * @param shardCount     the installation's number of shards
 * @param shards         where shards are made known while this instance holds them
 * @param codec          reads and writes records
 * @param snapshots      when snapshots are written
 * @param trim           how much history is kept
 * @param metrics        what is counted
 * @param background     runs what would hold a stream thread up
 * @param recordBytesMax largest record that can be written, bytes
 * @param passed         is told of a workspace and a version that need not be in the canonical log any more
 * @param foldedOffset   is told of a partition and the offset of a record just folded, and says below which offset
 *                       everything was folded
 */
public record Parts(int shardCount, int recordBytesMax, LocalShards shards, RecordCodec codec, SnapshotPolicy snapshots,
                    TrimPolicy trim, SnapshotterMetrics metrics, Executor background, BiConsumer<String, Long> passed,
                    FoldedOffset foldedOffset) {

    /** Where a partition is once a record was folded. */
    @FunctionalInterface
    public interface FoldedOffset {
        /**
         * {@return the offset below which everything was folded}
         *
         * @param partition the record's partition
         * @param offset    the record's offset
         */
        long applyAsLong(int partition, long offset);
    }
}
