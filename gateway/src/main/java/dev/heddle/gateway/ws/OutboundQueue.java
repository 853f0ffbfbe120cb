package dev.heddle.gateway.ws;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What waits to be written to one connection: bounded in messages and bytes, written only while the transport takes
 * it. Offered from any thread; written on the connection's own.
 *
 * <p>A message is counted from the moment it is offered until the transport has taken it, so that memory is bounded by
 * the limit and one message more, plus what the transport itself holds.
 *
 * @param <T> a message
 */
public final class OutboundQueue<T> {

    /** The transport below. */
    public interface Transport<T> {

        /** {@return whether it wants no more now; once it does, {@link OutboundQueue#drained()} is to be called} */
        boolean full();

        /**
         * Writes one message.
         *
         * @param message the message
         */
        void write(T message);

        /** The queue overflowed; called once, on the connection's thread. */
        void overflowed();
    }

    private record Waiting<T>(T message, int bytes) {
    }

    private final Executor connection;
    private final Transport<T> transport;
    private final int messagesMax;
    private final long bytesMax;
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final ArrayDeque<Waiting<T>> backlog = new ArrayDeque<>();
    private Runnable whenRoomy;
    private volatile boolean ended;

    /**
     * An empty queue.
     *
     * @param connection  the connection's own thread
     * @param transport   the transport below
     * @param messagesMax how many messages may wait
     * @param bytesMax    how many bytes may wait before a message more is too much
     */
    public OutboundQueue(Executor connection, Transport<T> transport, int messagesMax, long bytesMax) {
        this.connection = connection;
        this.transport = transport;
        this.messagesMax = messagesMax;
        this.bytesMax = bytesMax;
    }

    /**
     * Offers a message; never blocks.
     *
     * @param message the message
     * @param size    its length in bytes
     */
    public void offer(T message, int size) {
        if (ended) {
            return;
        }
        boolean tooMany = messages.incrementAndGet() > messagesMax;
        boolean tooMuch = bytes.getAndAdd(size) >= bytesMax;
        if (tooMany || tooMuch) {
            ended = true;
            connection.execute(() -> {
                empty();
                transport.overflowed();
            });
            return;
        }
        connection.execute(() -> {
            backlog.add(new Waiting<>(message, size));
            flush();
        });
    }

    /** The transport takes more again; on the connection's thread. */
    public void drained() {
        flush();
    }

    /** Drops what waits and takes nothing more; on any thread. */
    public void end() {
        ended = true;
        connection.execute(this::empty);
    }

    private void empty() {
        backlog.clear();
        messages.set(0);
        bytes.set(0);
        whenRoomy = null;
    }

    /** {@return whether at most half of each limit is used} */
    public boolean roomy() {
        return messages.get() <= messagesMax / 2 && bytes.get() <= bytesMax / 2;
    }

    /**
     * Runs a task once, as soon as the queue is roomy; on the connection's thread.
     *
     * @param task the task
     */
    public void whenRoomy(Runnable task) {
        connection.execute(() -> {
            whenRoomy = task;
            tellRoomy();
        });
    }

    /** {@return how many messages wait} */
    public int waitingMessages() {
        return messages.get();
    }

    private void flush() {
        while (!ended && !backlog.isEmpty() && !transport.full()) {
            Waiting<T> next = backlog.poll();
            transport.write(next.message());
            messages.decrementAndGet();
            bytes.addAndGet(-next.bytes());
        }
        tellRoomy();
    }

    private void tellRoomy() {
        if (whenRoomy != null && !ended && roomy()) {
            Runnable task = whenRoomy;
            whenRoomy = null;
            task.run();
        }
    }
}
