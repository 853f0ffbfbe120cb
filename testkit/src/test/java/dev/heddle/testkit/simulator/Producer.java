package dev.heddle.testkit.simulator;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An idempotent producer: what is sent to a partition arrives in that order, each record once, some time later.
 *
 * <p>When its process dies, what is on the wire of each partition may still arrive, up to a point; the rest never does.
 */
final class Producer {

    private record Sending(byte[] key, byte[] value, byte[] via, Runnable arrived) {
    }

    private final Timeline timeline;
    private final Dice dice;
    private final int slowMs;
    private final Map<Partition, ArrayDeque<Sending>> inFlight = new LinkedHashMap<>();
    private int waiting;
    private boolean dead;
    private long frozenUntilMs;

    /**
     * A producer.
     *
     * @param slowMs the longest time that a record may be under way, in milliseconds
     */
    Producer(Timeline timeline, Dice dice, int slowMs) {
        this.timeline = timeline;
        this.dice = dice;
        this.slowMs = slowMs;
    }

    void send(Partition to, byte[] key, byte[] value) {
        send(to, key, value, null, null);
    }

    /** Sends a record; the action runs when it has arrived, unless the process is dead by then. */
    void send(Partition to, byte[] key, byte[] value, byte[] via, Runnable arrived) {
        inFlight.computeIfAbsent(to, partition -> new ArrayDeque<>()).add(new Sending(key, value, via,
            arrived));
        waiting++;
        timeline.after(dice.delayMs(3, slowMs), () -> arrive(to));
    }

    /** Nothing arrives until then: the process is frozen, and what it has buffered with it. */
    void freeze(long untilMs) {
        frozenUntilMs = untilMs;
    }

    /** {@return whether nothing is under way} */
    boolean idle() {
        return waiting == 0;
    }

    private void arrive(Partition to) {
        if (frozenUntilMs > timeline.nowMs()) {
            timeline.after(frozenUntilMs - timeline.nowMs(), () -> arrive(to));
            return;
        }
        Sending next = inFlight.get(to).poll();
        if (next != null) {
            waiting--;
            to.append(next.key(), next.value(), next.via());
            if (next.arrived() != null && !dead) {
                next.arrived().run();
            }
        }
    }

    /** Waits until everything has arrived, in some order of the partitions; the process may die at any record. */
    void flush(CrashPoints crash) {
        while (waiting > 0) {
            crash.pass("flush");
            Partition[] open = inFlight.entrySet().stream().filter(entry -> !entry.getValue().isEmpty())
                .map(Map.Entry::getKey).toArray(Partition[]::new);
            arrive(open[dice.below(open.length)]);
        }
        crash.pass("flushed");
    }

    /** The process is dead: of each partition, a beginning of what is in flight still arrives in its time. */
    void die() {
        dead = true;
        for (ArrayDeque<Sending> queue : inFlight.values()) {
            int lost = queue.isEmpty() ? 0 : dice.below(queue.size() + 1);
            for (int i = 0; i < lost; i++) {
                queue.pollLast();
                waiting--;
            }
        }
    }
}
