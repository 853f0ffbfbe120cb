package dev.heddle.testkit.simulator;

import java.util.ArrayList;
import java.util.List;

/** What goes wrong beside crashes: shards given away from under their owners, gateways that die, compaction. */
final class Trouble {

    private final World world;
    private final List<Group> groups;
    private final Runnable restartGateway;
    private final int zombiePerMille;
    private final int gatewayPerMille;

    Trouble(World world, List<Group> sequencers, List<Group> snapshotters, Runnable restartGateway, boolean rough) {
        this.world = world;
        this.groups = new ArrayList<>(sequencers);
        this.groups.addAll(snapshotters);
        this.restartGateway = restartGateway;
        this.zombiePerMille = world.dice.one(List.of(0, 100, 400));
        this.gatewayPerMille = rough ? world.dice.one(List.of(0, 50, 150)) : world.dice.one(List.of(0, 50));
    }

    void start() {
        world.timeline.after(world.dice.below(400), () -> {
            if (world.calm()) {
                return;
            }
            if (world.dice.chance(zombiePerMille)) {
                world.dice.one(groups).giveAway();
            }
            if (world.dice.chance(gatewayPerMille)) {
                restartGateway.run();
            }
            compact();
            start();
        });
    }

    private void compact() {
        if (!world.dice.chance(300)) {
            return;
        }
        List<Partition> compacted = new ArrayList<>(world.canonical);
        compacted.addAll(world.snapshots);
        compacted.addAll(world.changelogs);
        Partition partition = world.dice.one(compacted);
        long below = partition.end() - world.dice.below(20);
        int gone = below <= 0 ? 0 : partition.compact(below, 60_000);
        world.totals.count("records compacted", gone);
    }
}
