package dev.heddle.testkit.simulator;

import java.util.HashMap;
import java.util.Map;

/**
 * A process that owns a shard for its group: reads, writes, commits, and dies. It goes on for a while after the shard
 * was given to another one, as it cannot know; only its commits are refused. One that is frozen does nothing at all
 * until it wakes up, and then goes on as if nothing had been.
 */
abstract class SimulatedProcess {

    final World world;
    final Group group;
    final Disk disk;
    final long generation;
    final CrashPoints crash;
    final Producer producer;
    final Map<String, Long> positions;
    private boolean alive = true;
    private boolean reading;
    private boolean committing;
    private long frozenUntilMs;

    SimulatedProcess(Group group, Disk disk, long generation) {
        this.world = group.world();
        this.group = group;
        this.disk = disk;
        this.generation = generation;
        this.crash = world.fate();
        this.producer = new Producer(world.timeline, world.dice, world.settings.slowMs());
        this.positions = new HashMap<>(group.committed());
        disk.inUse = true;
    }

    /** Restores what it needs; called once, may die. */
    abstract void open();

    /** Reads some records, if there are any; says whether there may be more. */
    abstract boolean readSome();

    /** {@return whether it has read everything} */
    abstract boolean caughtUp();

    /** Releases what it holds in memory. */
    abstract void closed();

    /** Runs something of this process, if it is alive and awake by then; dies where it is fated to. */
    final void guard(Runnable task) {
        if (!alive) {
            return;
        }
        if (frozenUntilMs > world.timeline.nowMs()) {
            world.timeline.after(frozenUntilMs - world.timeline.nowMs(), () -> guard(task));
            return;
        }
        try {
            task.run();
        } catch (Death death) {
            world.note(this.toString(), death.getMessage());
            world.totals.count("crashes");
            die();
        }
    }

    /** There is something to read. */
    final void wake() {
        if (!reading && alive) {
            reading = true;
            world.timeline.after(world.dice.delayMs(4, world.settings.slowMs()), () -> guard(() -> {
                reading = false;
                if (readSome()) {
                    wake();
                }
                commitSoon();
            }));
        }
    }

    private void commitSoon() {
        if (!committing && alive) {
            committing = true;
            world.timeline.after(world.dice.between(1, 150), () -> guard(() -> {
                committing = false;
                commit();
            }));
        }
    }

    private void commit() {
        if (world.fault == Fault.COMMIT_BEFORE_FLUSH) {
            group.commit(this, positions);
            crash.pass("committed");
            return;
        }
        producer.flush(crash);
        if (!group.commit(this, positions)) {
            world.note(this.toString(), "commit refused");
            die();
            return;
        }
        crash.pass("committed");
        durable();
    }

    /** Everything written so far is with the brokers. */
    abstract void durable();

    final void die() {
        if (alive) {
            alive = false;
            disk.inUse = false;
            producer.die();
            closed();
            group.died(this);
        }
    }

    /** Does nothing until then, and nothing of it arrives either. */
    final void freeze(long forMs) {
        frozenUntilMs = world.timeline.nowMs() + forMs;
        producer.freeze(frozenUntilMs);
    }

    final boolean alive() {
        return alive;
    }

    final boolean awake() {
        return alive && frozenUntilMs <= world.timeline.nowMs();
    }
}
