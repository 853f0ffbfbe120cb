package dev.heddle.gateway.room;

import dev.heddle.gateway.access.Access;
import dev.heddle.gateway.protocol.ClientMessage;
import dev.heddle.gateway.session.SubmissionWindow;
import dev.heddle.gateway.session.TokenBucket;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One client of a room: who it is, what it was sent, what it waits for. Everything but the identity belongs to the
 * room's thread.
 */
public final class Member {

    private final String session;
    private final String name;
    private final Access access;
    private final Long resume;
    private final ClientMessage.Follow follow;
    private final Outbox outbox;
    private SubmissionWindow window;
    private final TokenBucket bucket;

    /** Version up to which everything wanted was sent; kept while not live. */
    private long sentVersion;
    private boolean live;
    private boolean resuming;
    private boolean gone;
    private int opensInFlight;
    private final Set<String> opened = new HashSet<>();
    private final ArrayDeque<LiveOperation> catchUp = new ArrayDeque<>();
    private final ArrayDeque<Runnable> whenLive = new ArrayDeque<>();

    private Member(String session, Access access, String name, Long resume, ClientMessage.Follow follow, Outbox outbox,
                   RoomLimits limits, long nowNs) {
        this.session = session;
        this.access = access;
        this.name = access.author(name);
        this.resume = resume;
        this.follow = follow;
        this.outbox = outbox;
        this.window = new SubmissionWindow(limits.inFlightMax(), new AtomicInteger());
        this.bucket = new TokenBucket(limits.operationsPerSecond(), limits.operationsBurst(), nowNs);
    }

    /**
     * {@return a member with a session of its own}
     *
     * @param hello  its first message
     * @param access what it may do
     * @param outbox its way out
     * @param limits the room's limits
     * @param nowNs  the time now, in nanoseconds
     */
    public static Member socket(ClientMessage.Hello hello, Access access, Outbox outbox, RoomLimits limits,
                                long nowNs) {
        return new Member(hello.session(), access, hello.name(), hello.resume(), hello.follow(), outbox, limits, nowNs);
    }

    /**
     * {@return a member that only listens: no session, no welcome, no presence}
     *
     * @param after  the last version it has seen
     * @param outbox its way out
     * @param limits the room's limits
     * @param nowNs  the time now, in nanoseconds
     */
    public static Member listener(long after, Outbox outbox, RoomLimits limits, long nowNs) {
        return new Member(null, Access.ANONYMOUS, null, after, ClientMessage.Follow.ALL, outbox, limits, nowNs);
    }

    /** {@return the session, or null for a listener} */
    public String session() {
        return session;
    }

    /** {@return the writer's name: its token's subject, or without a token what it calls itself, or null} */
    public String name() {
        return name;
    }

    /** {@return what it may do} */
    public Access access() {
        return access;
    }

    /** {@return the last version it had seen when it came, or null to start at the newest} */
    public Long resume() {
        return resume;
    }

    /** The room counts unanswered operations over its members; called before the first. */
    void countIn(AtomicInteger unanswered, RoomLimits limits) {
        window = new SubmissionWindow(limits.inFlightMax(), unanswered, outbox::unanswered);
    }

    Outbox outbox() {
        return outbox;
    }

    SubmissionWindow window() {
        return window;
    }

    TokenBucket bucket() {
        return bucket;
    }

    Set<String> opened() {
        return opened;
    }

    boolean isLive() {
        return live;
    }

    boolean isGone() {
        return gone;
    }

    void gone() {
        gone = true;
        live = false;
        window.clear();
        catchUp.clear();
        whenLive.clear();
    }

    long sentVersion() {
        return sentVersion;
    }

    void resumeFrom(long version) {
        resuming = true;
        sentVersion = version;
    }

    /** From here on operations are kept back: what was sent is everything up to this version. */
    void pauseAt(long version) {
        live = false;
        sentVersion = version;
    }

    void goLive() {
        live = true;
        resuming = false;
        Runnable task = whenLive.poll();
        while (task != null) {
            task.run();
            task = live ? whenLive.poll() : null;
        }
    }

    /** Runs a task now if live, else once live again. */
    void whenLive(Runnable task) {
        if (live) {
            task.run();
        } else {
            whenLive.add(task);
        }
    }

    ArrayDeque<LiveOperation> catchUp() {
        return catchUp;
    }

    /** Sends an operation of the past or of now, if it is wanted, and notes how far this member has come. */
    void deliver(LiveOperation operation) {
        sentVersion = operation.version();
        if (session != null && session.equals(operation.session())) {
            window.answered(operation.seq());
        }
        if (wants(operation)) {
            if (live) {
                outbox.sendLive(operation);
            } else {
                outbox.send(operation);
            }
        }
    }

    private boolean wants(LiveOperation operation) {
        return follow == ClientMessage.Follow.ALL || resuming || operation.changesTree()
            || operation.session().equals(session) || opened.contains(operation.file());
    }

    boolean startOpen(int opensMax) {
        if (opensInFlight >= opensMax) {
            return false;
        }
        opensInFlight++;
        return true;
    }

    void endOpen() {
        opensInFlight--;
    }
}
