package dev.heddle.testkit.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The consumer group of one service for one shard: who owns it, what is committed, and a new owner whenever the old one
 * died, or is thought to have. Its processes run on a few machines with a disk each.
 */
final class Group {

    /** Makes a process of the service. */
    @FunctionalInterface
    interface Maker {
        SimulatedProcess make(Group group, Disk disk, long generation);
    }

    private static final int MACHINES = 3;

    private final World world;
    private final String service;
    private final Maker maker;
    private final Map<String, Long> committed = new HashMap<>();
    private final List<Disk> disks = new ArrayList<>();
    private final List<SimulatedProcess> running = new ArrayList<>();
    private SimulatedProcess owner;
    private long generation;
    private boolean starting;

    Group(World world, String service, Maker maker) {
        this.world = world;
        this.service = service;
        this.maker = maker;
        for (int i = 0; i < MACHINES; i++) {
            disks.add(new Disk(service + " on machine " + i));
        }
    }

    World world() {
        return world;
    }

    Map<String, Long> committed() {
        return committed;
    }

    /** {@return the owner, or null while there is none} */
    SimulatedProcess owner() {
        return owner;
    }

    /** {@return all processes that run, those included that lost the shard and do not know it yet} */
    List<SimulatedProcess> running() {
        return running;
    }

    void start() {
        starting = false;
        Disk disk = world.dice.one(disks.stream().filter(each -> !each.inUse).toList());
        if (world.dice.chance(200)) {
            world.totals.count("wiped disks");
            disk.wipe();
        }
        generation++;
        SimulatedProcess process = maker.make(this, disk, generation);
        world.note(process.toString(), "starts at " + committed);
        owner = process;
        running.add(process);
        process.guard(() -> {
            process.open();
            process.wake();
        });
    }

    /** Gives the shard to another instance though the owner lives; that one goes on for a while, or freezes first. */
    void giveAway() {
        SimulatedProcess zombie = owner;
        if (zombie == null || running.size() >= MACHINES - 1) {
            return;
        }
        world.totals.count("zombies");
        world.note(zombie.toString(), "loses the shard without knowing it");
        if (world.dice.chance(500)) {
            zombie.freeze(world.dice.between(100, world.dice.chance(300) ? 20_000 : 3_000));
        }
        generation++;
        owner = null;
        startSoon();
    }

    /** Commits for the owner; anybody else is refused. */
    boolean commit(SimulatedProcess process, Map<String, Long> positions) {
        if (process.generation != generation) {
            return false;
        }
        committed.putAll(positions);
        return true;
    }

    void died(SimulatedProcess process) {
        running.remove(process);
        if (process == owner) {
            owner = null;
            startSoon();
        }
    }

    private void startSoon() {
        if (!starting) {
            starting = true;
            world.timeline.after(world.dice.delayMs(300, world.calm() ? 300 : 5_000), this::start);
        }
    }

    /** From now on nobody is killed; whoever lost the shard finds that out before long. */
    void becomeCalm() {
        for (SimulatedProcess process : List.copyOf(running)) {
            process.crash.disarm();
            if (process != owner) {
                world.timeline.after(world.dice.below(5_000), process::die);
            }
        }
    }

    /** {@return whether the owner runs, has read everything, and nothing of anybody is under way} */
    boolean atRest() {
        return owner != null && running.size() == 1 && owner.caughtUp() && owner.producer.idle()
            && committed.equals(owner.positions);
    }

    @Override
    public String toString() {
        return service + (owner == null ? " has no owner" : running.size() > 1 ? " has zombies" : !owner.caughtUp()
            ? " has more to read" : owner.producer.idle() ? " commits" : " is sending");
    }
}
