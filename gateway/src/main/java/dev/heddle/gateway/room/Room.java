package dev.heddle.gateway.room;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.RejectedOperation;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.gateway.protocol.ClientMessage;
import dev.heddle.gateway.protocol.CloseCode;
import dev.heddle.gateway.protocol.Frame;
import dev.heddle.gateway.protocol.PresenceState;
import dev.heddle.gateway.protocol.ServerMessages;
import dev.heddle.schemas.error.EdgeError;
import dev.heddle.schemas.json.OperationJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The live state of one workspace on this gateway.
 *
 * <p>Its version advances by the feed alone, one at a time ({@link FeedSequence}); every live member is sent each
 * operation as it advances, so for a live member "what it was sent" and "the room's version" are the same. A member
 * that is not live (it resumes, or a large text is being made ready for it) catches up from the ring or the reader and
 * goes live in the same step in which it has everything.
 *
 * <p>All methods belong to the room's loop, except {@link #loop()}, {@link #workspace()} and {@link #unanswered()}.
 */
public final class Room {

    private final String workspace;
    private final RoomLoop loop;
    private final RoomPorts ports;
    private final RoomLimits limits;
    private final OperationRing ring;
    private final FeedSequence sequence;
    private final Set<Member> members = new LinkedHashSet<>();
    private final Map<String, Member> sessions = new HashMap<>();
    private final AnswerBook answers = new AnswerBook();
    private final PresenceDesk presence;
    private final CatchUp catchUp;
    private final FileOpener opener;
    private final List<Member> waitingForVersion = new ArrayList<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private boolean closed;
    private long usedAtMs;

    /**
     * A room that does not know its version yet; {@link #start()} finds out.
     *
     * @param workspace the workspace
     * @param loop      the one thread it runs on
     * @param ports     what it needs from the world
     * @param limits    what bounds it
     */
    public Room(String workspace, RoomLoop loop, RoomPorts ports, RoomLimits limits) {
        this.workspace = workspace;
        this.loop = loop;
        this.ports = ports;
        this.limits = limits;
        this.ring = new OperationRing(limits.ringOperationsMax(), limits.ringBytesMax());
        this.sequence = new FeedSequence(workspace, loop, ports, limits, this::advance, this::repeat, this::lost);
        this.presence = new PresenceDesk(workspace, ports, limits, loop, members);
        this.catchUp = new CatchUp(this, ports, limits);
        this.opener = new FileOpener(this, ports, limits);
        this.usedAtMs = ports.time().nowMs();
    }

    /** {@return the workspace's name} */
    public String workspace() {
        return workspace;
    }

    /** {@return the thread all of this runs on} */
    public RoomLoop loop() {
        return loop;
    }

    /** Starts to find out the version; call once. */
    public void start() {
        sequence.start();
    }

    /** {@return the newest version passed on; −1 while it is not known yet} */
    public long version() {
        return sequence.version();
    }

    /** {@return how many operations of its members are not answered yet; any thread} */
    public int unanswered() {
        return unanswered.get();
    }

    /** {@return how many members it has} */
    public int size() {
        return members.size();
    }

    /** {@return whether it was closed and a new one must be asked for} */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Closes the room if nobody used it for a while.
     *
     * @param nowMs  the time now, milliseconds since 1970 UTC
     * @param idleMs how long nobody may have used it, in milliseconds
     * @return whether it is closed now
     */
    public boolean closeIfIdle(long nowMs, long idleMs) {
        if (members.isEmpty() && answers.isEmpty() && nowMs - usedAtMs >= idleMs) {
            close();
        }
        return closed;
    }

    /** Forgets everything; members are not told. */
    public void close() {
        closed = true;
        sequence.close();
    }

    /**
     * Runs an action once the version is known.
     *
     * @param action   the action
     * @param deadline what to do instead if it is not known in time, given the reason
     */
    public void whenOpen(Runnable action, Consumer<ReadException> deadline) {
        usedAtMs = ports.time().nowMs();
        sequence.whenOpen(action, deadline);
    }

    /**
     * Takes in a member: welcome, presence of the others, and everything it missed before anything newer.
     *
     * @param member the member
     */
    public void join(Member member) {
        member.countIn(unanswered, limits);
        whenOpen(() -> joinOpen(member), failure -> refuse(member, failure.code(), failure.getMessage()));
    }

    private void joinOpen(Member member) {
        if (member.isGone()) {
            return;
        }
        if (members.size() >= limits.membersMax() && !sessions.containsKey(member.session())) {
            refuse(member, RejectionCode.LIMIT_REACHED, "sockets of workspace " + workspace + ": "
                + members.size() + " (expected: at most " + limits.membersMax() + ")");
            return;
        }
        Member current = sessions.get(member.session());
        if (current != null && !Objects.equals(current.access().subject(), member.access().subject())) {
            refuse(member, RejectionCode.FORBIDDEN, "session " + member.session()
                + " is in use by another author (expected: a session of one's own)");
            return;
        }
        long version = version();
        if (member.resume() != null && member.resume() > version) {
            waitForVersion(member);
            return;
        }
        members.add(member);
        if (member.session() != null) {
            Member older = sessions.put(member.session(), member);
            if (older != null) {
                supersede(older);
            }
            send(member, ServerMessages.welcome(member.session(), workspace, version, limits.shown()));
            presence.introduce(member);
        }
        if (member.resume() == null) {
            member.pauseAt(version);
            member.goLive();
        } else {
            member.resumeFrom(member.resume());
            catchUp.run(member);
        }
    }

    /** The member saw more than this gateway; its feed is about to show it too, unless the member is mistaken. */
    private void waitForVersion(Member member) {
        if (waitingForVersion.size() >= limits.membersMax()) {
            refuse(member, RejectionCode.LIMIT_REACHED, "sockets waiting for a version of workspace " + workspace
                + " (expected: at most " + limits.membersMax() + ")");
            return;
        }
        waitingForVersion.add(member);
        loop.after(limits.deadlineMs(), () -> {
            if (waitingForVersion.remove(member)) {
                refuse(member, RejectionCode.BASE_IN_FUTURE, "resume: version " + member.resume()
                    + " of workspace " + workspace + " (expected: at most " + version() + ")");
            }
        });
    }

    private void supersede(Member older) {
        older.gone();
        members.remove(older);
        older.outbox().close(ports.encoder().encode(ServerMessages.error(EdgeError.SESSION_SUPERSEDED.name(),
            "session " + older.session() + " said hello on a newer socket")), CloseCode.SUPERSEDED,
            "a newer socket uses this session");
    }

    /**
     * Takes a member out because its connection ended; idempotent.
     *
     * @param member the member
     */
    public void leave(Member member) {
        usedAtMs = ports.time().nowMs();
        waitingForVersion.remove(member);
        boolean superseded = member.isGone();
        member.gone();
        opener.forget(member);
        if (members.remove(member) && !superseded && sessions.remove(member.session(), member)) {
            presence.left(member);
        }
    }

    void refuse(Member member, RejectionCode code, String message) {
        if (!member.isGone()) {
            Frame lastWord = ports.encoder().encode(ServerMessages.error(code.name(), message));
            member.outbox().close(lastWord, CloseCode.of(code), code.name());
            leave(member);
        }
    }

    /**
     * Sends a member's operation to the log; whatever hinders it is answered to that member alone.
     *
     * @param member the member
     * @param submit the operation
     */
    public void submit(Member member, ClientMessage.Submit submit) {
        if (member.isGone()) {
            return;
        }
        if (!member.access().mayWrite(workspace)) {
            reject(member, submit.seq(), RejectionCode.FORBIDDEN, member.access().writeRefusal(workspace), null);
            return;
        }
        long waitMs = member.bucket().take(ports.time().nowNs());
        if (waitMs > 0) {
            reject(member, submit.seq(), RejectionCode.LIMIT_REACHED, "operations per second of session "
                + member.session() + " (expected: at most " + limits.operationsPerSecond() + ", bursts of "
                + limits.operationsBurst() + ")", waitMs);
            member.outbox().slowDown(waitMs);
            return;
        }
        if (!member.window().admit(submit.seq())) {
            reject(member, submit.seq(), RejectionCode.LIMIT_REACHED, "operations in flight of session "
                + member.session() + ": " + member.window().size() + " (expected: at most " + limits.inFlightMax()
                + ")", null);
            return;
        }
        whenOpen(() -> append(member, submit), failure -> unsent(member, submit.seq(), failure.getMessage()));
    }

    private void append(Member member, ClientMessage.Submit submit) {
        Submission submission = new Submission(member.session(), submit.seq(), submit.base(), submit.after(),
            member.name(), submit.operation(), 0, 0);
        ports.events().submitted(workspace);
        ports.log().append(workspace, submission, submit.traceparent()).whenComplete((done, failure) -> {
            if (failure != null) {
                loop.execute(() -> unsent(member, submit.seq(), failure.getMessage()));
            }
        });
    }

    private void unsent(Member member, long seq, String why) {
        if (!member.isGone() && member.window().answered(seq)) {
            ports.events().rejected(workspace, RejectionCode.UNAVAILABLE);
            send(member, ServerMessages.rejected(seq, RejectionCode.UNAVAILABLE, "the log did not confirm the "
                + "operation; send it again with the same seq: " + why, Math.max(0, version()), null));
        }
    }

    private void reject(Member member, long seq, RejectionCode code, String message, Long retryAfterMs) {
        ports.events().rejected(workspace, code);
        send(member, ServerMessages.rejected(seq, code, message, Math.max(0, version()),
            retryAfterMs));
    }

    /**
     * Answers a submit that could not be read.
     *
     * @param member     the member
     * @param unreadable what was wrong with it
     */
    public void submit(Member member, ClientMessage.Unreadable unreadable) {
        if (!member.isGone()) {
            ports.events().rejected(workspace, unreadable.code());
            send(member, ServerMessages.rejected(unreadable.seq(), unreadable.code(), unreadable.message(),
                Math.max(0, version()), null));
        }
    }

    /**
     * Sends an operation to the log and waits for what becomes of it.
     *
     * @param submission  the operation
     * @param traceparent the author's W3C trace context, or null
     * @return the answer; {@link Answer.Unknown} at the deadline or where the log did not confirm it
     */
    public CompletionStage<Answer> submitAndAwait(Submission submission, String traceparent) {
        CompletableFuture<Answer> answer = answers.await(submission.session(), submission.seq());
        Consumer<String> giveUp = why -> answers.giveUp(submission.session(), submission.seq(), answer,
            new Answer.Unknown(why));
        loop.after(limits.deadlineMs(), () -> giveUp.accept("no answer within " + limits.deadlineMs()
            + " ms; the operation may still be applied"));
        whenOpen(() -> {
            ports.events().submitted(workspace);
            ports.log().append(workspace, submission, traceparent).whenComplete((done, failure) -> {
                if (failure != null) {
                    loop.execute(() -> giveUp.accept("the log did not confirm the operation, it may still be applied: "
                        + failure.getMessage()));
                }
            });
        }, failure -> giveUp.accept(failure.getMessage()));
        return answer;
    }

    /**
     * Opens a file for a member; the answer is as of exactly what it was sent by then.
     *
     * @param member the member
     * @param target the file
     */
    public void open(Member member, FileReference target) {
        opener.open(member, target);
    }

    /**
     * Takes a member's presence.
     *
     * @param member the member
     * @param said   where it is
     */
    public void presence(Member member, ClientMessage.Presence said) {
        if (members.contains(member)) {
            presence.said(member, said);
        }
    }

    /**
     * Takes presence of a session of another gateway.
     *
     * @param state where it is
     */
    public void onPresence(PresenceState state) {
        if (!sessions.containsKey(state.session())) {
            presence.heard(state);
        }
    }

    /**
     * Takes the next record of the canonical feed.
     *
     * @param operation   the record
     * @param traceparent the W3C trace context that came with it, or null
     */
    public void onCanonical(CanonicalOperation operation, String traceparent) {
        sequence.accept(LiveOperation.of(operation, traceparent, ports.encoder()));
    }

    /**
     * Takes a rejection; it goes to its author's socket if that waits for it here.
     *
     * @param rejection the rejection
     */
    public void onRejected(RejectedOperation rejection) {
        Member author = sessions.get(rejection.session());
        if (author != null && author.window().answered(rejection.seq())) {
            ports.events().rejected(workspace, rejection.code());
            send(author, OperationJson.rejectedMessage(rejection));
        }
        answers.answer(rejection.session(), rejection.seq(), new Answer.Refused(rejection));
    }

    private void advance(LiveOperation operation) {
        ring.add(operation);
        ports.events().advanced(workspace, operation);
        for (Member member : members) {
            if (member.isLive()) {
                member.deliver(operation);
            }
        }
        answers.answer(operation.session(), operation.seq(), new Answer.Committed(operation));
        opener.advanced();
        if (!waitingForVersion.isEmpty()) {
            List<Member> ready = waitingForVersion.stream().filter(member -> member.resume() <= version()).toList();
            waitingForVersion.removeAll(ready);
            ready.forEach(this::joinOpen);
        }
    }

    /** An operation that was passed on before: the answer to a resend, of interest to its author alone. */
    private void repeat(LiveOperation operation) {
        Member author = sessions.get(operation.session());
        // What a member has yet to catch up with comes in its turn, not here.
        if (author != null && operation.version() <= author.sentVersion()
            && author.window().answered(operation.seq())) {
            author.outbox().send(operation);
        }
        answers.answer(operation.session(), operation.seq(), new Answer.Committed(operation));
    }

    /**
     * The feed fell so far behind that what it missed is no longer kept: the room ends, and its members begin anew, as
     * their version is as old. The next to come gets a room that knows the newest version.
     */
    private void lost(ReadException reason) {
        close();
        List.copyOf(members).forEach(member -> refuse(member, RejectionCode.BASE_TOO_OLD, reason.getMessage()));
        List.copyOf(waitingForVersion).forEach(member -> refuse(member, RejectionCode.UNAVAILABLE,
            "this gateway fell behind what is kept; connect again"));
    }

    OperationRing ring() {
        return ring;
    }

    CatchUp catchUp() {
        return catchUp;
    }

    void send(Member member, ObjectNode message) {
        member.outbox().send(ports.encoder().encode(message));
    }
}
