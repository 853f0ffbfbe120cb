package dev.heddle.testkit.simulator;

import dev.heddle.gateway.room.RoomLoop;
import dev.heddle.gateway.room.TimeSource;
import java.util.PriorityQueue;

/** Virtual time and the one queue of everything that will happen. What falls on one moment happens in order. */
final class Timeline implements RoomLoop, TimeSource {

    static final long START_MS = 1_700_000_000_000L;

    private record Event(long atMs, long number, Runnable task) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return atMs != other.atMs ? Long.compare(atMs, other.atMs) : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private long nowMs = START_MS;
    private long scheduled;
    private long happened;

    @Override
    public void after(long delayMs, Runnable task) {
        queue.add(new Event(nowMs + Math.max(0, delayMs), scheduled++, task));
    }

    @Override
    public void execute(Runnable task) {
        after(0, task);
    }

    /** Lets the next event happen; false where there is none. */
    boolean step() {
        Event next = queue.poll();
        if (next == null) {
            return false;
        }
        nowMs = next.atMs();
        happened++;
        next.task().run();
        return true;
    }

    /** {@return how many events have happened} */
    long happened() {
        return happened;
    }

    @Override
    public long nowMs() {
        return nowMs;
    }

    @Override
    public long nowNs() {
        return nowMs * 1_000_000;
    }
}
