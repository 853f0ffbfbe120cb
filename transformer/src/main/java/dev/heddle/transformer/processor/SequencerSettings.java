package dev.heddle.transformer.processor;

import dev.heddle.engine.workspace.Limits;
import java.util.Objects;

/**
 * What the ordering of a shard depends on. All instances of an installation must agree on everything here but the two
 * bounds of memory.
 *
 * @param shards              the installation's number of shards
 * @param limits              what the engine refuses
 * @param checkpointDecisions a checkpoint is written after every so many decisions of a workspace
 * @param historyVersions     decisions are kept for at least so many versions
 * @param recordBytesMax      the largest record that can be written, in bytes
 * @param ownLogsStartAtZero whether the first record of a workspace's own topic must be seen at offset 0; not so where
 *                           records of aborted transactions are skipped
 * @param hotWorkspacesMax    most workspaces of a shard held in memory
 * @param hotTextBytesMax     most text of a shard held in memory, in UTF-8 bytes; one workspace may exceed it alone
 */
public record SequencerSettings(int shards, Limits limits, int checkpointDecisions, int historyVersions,
                                int recordBytesMax, boolean ownLogsStartAtZero, int hotWorkspacesMax,
                                long hotTextBytesMax) {

    /** So few that packing them beside one decision is not felt, so many that a pack is one of few. */
    private static final int PACK_VERSIONS_MAX = 256;

    /** Checks what has no default. */
    public SequencerSettings {
        Objects.requireNonNull(limits, "limits");
        atLeastOne("checkpointDecisions", checkpointDecisions);
        atLeastOne("historyVersions", historyVersions);
        atLeastOne("recordBytesMax", recordBytesMax);
        atLeastOne("hotWorkspacesMax", hotWorkspacesMax);
    }

    /** {@return how many versions are packed together at most} */
    int packVersions() {
        return Math.min(checkpointDecisions, PACK_VERSIONS_MAX);
    }

    /** {@return the kept history as a whole number of checkpoint intervals, in decisions} */
    public long keptDecisions() {
        long intervals = (historyVersions + checkpointDecisions - 1L) / checkpointDecisions;
        return intervals * checkpointDecisions;
    }

    private static void atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at least 1)");
        }
    }
}
