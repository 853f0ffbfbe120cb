package dev.heddle.gateway.ws;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether more is read from a socket now. A client that sends faster than its room takes it, than it is answered or
 * than it may, is not read from for a while: what it sends waits on the wire, where it is in nobody's way, and its own
 * TCP slows it. So what one client has queued up before others' operations is bounded whatever it does.
 *
 * <p>All on the socket's event loop, except {@link #handled} and {@link #unanswered}.
 */
final class ReadingPace {

    /** Messages of one socket that its room may have before it. */
    static final int UNHANDLED_MAX = 64;
    /**
     * Unanswered operations of one socket above which no more are read: as answers take about five milliseconds, 1,600
     * a second, and fewer where everything is slower, so that others keep their share.
     */
    static final int UNANSWERED_MAX = 8;
    /** Longest time that nothing is read because answers do not come. */
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
    private final AtomicInteger unhandled = new AtomicInteger();
    private volatile boolean waiting;
    private volatile boolean tired;
    private volatile int waits;
    private boolean reading = true;
    private boolean slowed;
    private boolean stopped;

    ReadingPace(Executor socketLoop, Source source) {
        this.socketLoop = socketLoop;
        this.source = source;
    }

    /** A message is handed to the room. */
    void handing() {
        unhandled.incrementAndGet();
        readOrWait();
    }

    /** The room has come to a message; on any thread. */
    void handled() {
        if (unhandled.decrementAndGet() == UNHANDLED_MAX / 2) {
            socketLoop.execute(this::readOrWait);
        }
    }

    /**
     * So many operations are unanswered; on the room's thread. Where the answers do not come, that is no matter of
     * pace: after a while it is read on, up to the limit on operations in flight.
     *
     * @param count how many
     */
    void unanswered(int count) {
        if (count >= UNANSWERED_MAX && !waiting && !tired) {
            waiting = true;
            waits++;
            int wait = waits;
            socketLoop.execute(() -> {
                readOrWait();
                source.after(WAIT_MAX_MS, () -> giveUp(wait));
            });
        } else if (count <= UNANSWERED_MAX / 2) {
            tired = false;
            if (waiting) {
                waiting = false;
                socketLoop.execute(this::readOrWait);
            }
        }
    }

    private void giveUp(int wait) {
        if (waiting && wait == waits) {
            tired = true;
            waiting = false;
            readOrWait();
        }
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
        boolean may = !stopped && !slowed && !waiting
            && unhandled.get() < (reading ? UNHANDLED_MAX : UNHANDLED_MAX / 2 + 1);
        if (reading && !may) {
            source.pause();
        } else if (!reading && may) {
            source.resume();
        }
        reading = may;
    }
}
