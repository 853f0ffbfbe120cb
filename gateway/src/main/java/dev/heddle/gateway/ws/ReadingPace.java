package dev.heddle.gateway.ws;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether more is read from a socket now. A client that sends faster than its room takes it, than it is answered or
 * than it may, is not read from for a while: what it sends waits on the wire, where it is in nobody's way, and its own
 * TCP slows it. So what one client has queued up before others' operations is bounded whatever it does.
 *
 * <p>What is under way is counted where it is read, so that the bound holds before the room has seen any of it. All on
 * the socket's event loop, except {@link #handled} and {@link #unanswered}.
 */
final class ReadingPace {

    /** Messages of one socket that its room may have before it. */
    static final int UNHANDLED_MAX = 64;
    /** After this time, and before twice of it, what was not read because answers do not come is read all the same. */
    static final long WAIT_MAX_MS = 1_000;
    /** Shortest time that nothing is read for: shorter ones would cost more than they spare. */
    static final long SLOWED_MIN_MS = 10;

    /** The socket below. */
    interface Source {

        /** Reads nothing more. */
        void pause();

        /** Reads again. */
        void resume();

        /**
         * Runs a task later, on the socket's event loop.
         *
         * @param ms   when, in milliseconds
         * @param task the task
         */
        void after(long ms, Runnable task);
    }

    private final Executor socketLoop;
    private final Source source;
    private final int underWayMax;
    private final AtomicInteger unhandled = new AtomicInteger();
    private volatile int unanswered;
    private volatile boolean tired;
    private volatile boolean reading = true;
    private boolean slowed;
    private boolean stopped;
    private boolean timing;
    private long waits;

    /**
     * A pace at which everything is read.
     *
     * @param socketLoop  runs tasks on the socket's event loop
     * @param source      the socket
     * @param underWayMax messages not handled and operations not answered at which no more is read; half of them at
     *                    which it is again
     */
    ReadingPace(Executor socketLoop, Source source, int underWayMax) {
        this.socketLoop = socketLoop;
        this.source = source;
        this.underWayMax = underWayMax;
    }

    /** A message is handed to the room. */
    void handing() {
        unhandled.incrementAndGet();
        readOrWait();
    }

    /** The room has done with a message; what became an operation was counted by {@link #unanswered} before. */
    void handled() {
        unhandled.decrementAndGet();
        wake();
    }

    /**
     * So many operations are unanswered; on the room's thread. Where the answers do not come, that is no matter of
     * pace: after a while it is read on, up to the limit on operations in flight.
     *
     * @param count how many
     */
    void unanswered(int count) {
        unanswered = count;
        if (count <= underWayMax / 2) {
            tired = false;
        }
        wake();
    }

    private void wake() {
        if (!reading && roomFor()) {
            socketLoop.execute(this::readOrWait);
        }
    }

    private boolean roomFor() {
        int before = unhandled.get();
        return below(before, UNHANDLED_MAX) && (tired || below(before + unanswered, underWayMax));
    }

    /** It is read up to a bound, and again from half of it on. */
    private boolean below(int count, int max) {
        return count < (reading ? max : max / 2 + 1);
    }

    /** {@return whether the socket is read from; what its client sends is not seen otherwise} */
    boolean reading() {
        return reading;
    }

    /**
     * Reads nothing for a while.
     *
     * @param ms how long at least, in milliseconds
     */
    void slowDown(long ms) {
        if (!slowed) {
            slowed = true;
            readOrWait();
            source.after(Math.max(SLOWED_MIN_MS, ms), () -> {
                slowed = false;
                readOrWait();
            });
        }
    }

    /** Reads nothing any more. */
    void stop() {
        stopped = true;
        readOrWait();
    }

    private void readOrWait() {
        if (reading && !mayRead()) {
            reading = false;
            waits++;
            source.pause();
        }
        // Asked again, for what ended before it was said that nothing is read woke nobody.
        if (!reading && mayRead()) {
            reading = true;
            source.resume();
        } else if (!reading && !slowed && !stopped) {
            awaitAnswers();
        }
    }

    private boolean mayRead() {
        return !stopped && !slowed && roomFor();
    }

    private void awaitAnswers() {
        if (!timing) {
            timing = true;
            long wait = waits;
            source.after(WAIT_MAX_MS, () -> {
                timing = false;
                lookForAnswers(wait);
            });
        }
    }

    private void lookForAnswers(long wait) {
        if (!reading && wait == waits) {
            tired = true;
            readOrWait();
        } else if (!reading && !stopped) {
            awaitAnswers();
        }
    }
}
