package dev.heddle.testkit.simulator;

import dev.heddle.engine.workspace.Limits;
import java.util.List;

/**
 * The size of one run and how rough it is; drawn from the seed, so that runs differ in kind and not only in order.
 *
 * @param shards              shards of the installation
 * @param workspaces          workspaces
 * @param sharedLog           whether the workspaces of a shard share one raw log, told apart by key
 * @param clients             clients on sockets, over all workspaces
 * @param writers             plain Kafka producers, over all workspaces
 * @param gateways            gateways
 * @param typingMs            how long everybody types, in virtual milliseconds
 * @param pauseMs             longest usual pause of a client between two things it does, in milliseconds
 * @param checkpointDecisions decisions between two checkpoints of the sequencer
 * @param historyVersions     versions that the sequencer keeps
 * @param keptVersions        versions that the snapshotter keeps
 * @param snapshotOperations  operations after which snapshots are due
 * @param crashPerMille       how often a process is fated to die soon, per start
 * @param slowMs              longest time that a record or message may be under way, in milliseconds
 */
public record SimulationSettings(int shards, int workspaces, boolean sharedLog, int clients, int writers, int gateways,
                                 int typingMs, int pauseMs, int checkpointDecisions, int historyVersions,
                                 int keptVersions, int snapshotOperations, int crashPerMille, int slowMs) {

    /** {@return settings drawn for a run of usual size} */
    static SimulationSettings draw(Dice dice) {
        return new SimulationSettings(dice.between(1, 2), dice.between(1, 2), dice.chance(300), dice.between(1, 4),
            dice.between(0, 2), 2, dice.between(300, 3_000), dice.between(20, 300), dice.between(2, 12),
            dice.between(150, 300), dice.between(2, 30), dice.between(2, 12), dice.one(List.of(0, 300, 800, 1_000)),
            dice.one(List.of(10, 100, 1_000, 5_000)));
    }

    /** {@return the engine's limits in this run; small, so that history is read back from the store} */
    Limits limits() {
        return Limits.builder().historyVersionsMax(historyVersions).historyVersionsHot(4).build();
    }
}
