package dev.heddle.gateway.room;

import dev.heddle.gateway.protocol.Frame;

/** One client's way out: bounded, never blocking, usable from any thread. Frames of one thread keep their order. */
public interface Outbox {

    /**
     * Sends a frame, or closes the client as too slow if its queue is full.
     *
     * @param frame the frame
     */
    void send(Frame frame);

    /**
     * Sends an operation; the same as sending its frame where the transport needs nothing else.
     *
     * @param operation the operation
     */
    default void send(LiveOperation operation) {
        send(operation.frame());
    }

    /**
     * Sends an operation that has just been committed, not one of the past.
     *
     * @param operation the operation
     */
    default void sendLive(LiveOperation operation) {
        send(operation);
    }

    /**
     * So many of the client's operations are unanswered: where they are many, no more is read from it until some are
     * answered, so that others' do not queue up behind them.
     *
     * @param count how many
     */
    default void unanswered(int count) {
        // Who has no stream of messages has nothing to hold back.
    }

    /**
     * The client sends faster than it may: nothing more is read from it for a moment, so that others are served.
     *
     * @param ms how long, in milliseconds
     */
    default void slowDown(long ms) {
        // Who has no stream of messages has nothing to hold back.
    }

    /** {@return whether at most half of the queue is used, so that history may be poured in} */
    boolean roomy();

    /**
     * Runs a task once, as soon as the queue is roomy again; at once if it is.
     *
     * @param task the task, run on any thread; never run once the client is gone
     */
    void whenRoomy(Runnable task);

    /**
     * Says a last word and closes; idempotent.
     *
     * @param lastWord an error message to send before, or null
     * @param code     the close code
     * @param reason   the close reason, short
     */
    void close(Frame lastWord, int code, String reason);
}
