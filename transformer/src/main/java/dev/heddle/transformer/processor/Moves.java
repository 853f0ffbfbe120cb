package dev.heddle.transformer.processor;

import dev.heddle.ClientOp;
import dev.heddle.Handover;
import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.workspace.Decision;
import dev.heddle.engine.workspace.RejectedOperation;
import dev.heddle.schemas.topic.LogPosition;
import dev.heddle.schemas.topic.WorkspaceKeys;
import dev.heddle.transformer.store.DecisionStore;
import dev.heddle.transformer.store.Home;
import dev.heddle.transformer.store.LogParts;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What happens where a workspace's raw log passes from one topic to another (ADR 0012).
 *
 * <p>The last record of the old part, the <em>fence</em>, says where the log continues; the first record of the new
 * part names the fence. Nothing but these two decides what belongs to the log: records of the old topic behind the
 * fence are refused, records of the new topic before its first one are no part of it. As the two topics are delivered
 * in any order, the new part is begun only after the old one was taken in up to the fence, read beside if need be.
 */
final class Moves {

    private final WorkspaceAddress address;
    private final DecisionStore store;
    private final Records records;
    private final Outputs outputs;
    private final RawLogs rawLogs;
    private final BiConsumer<String, Input> taking;
    private final Consumer<String> changed;
    /** Records that lead back to themselves by what they name would otherwise be followed without end. */
    private final Set<String> beginning = new HashSet<>();

    /**
     * The moves of a shard's workspaces.
     *
     * @param taking  takes in a record of a workspace that was read beside the delivered ones
     * @param changed is told the workspace whose parts were changed in the store
     */
    Moves(WorkspaceAddress address, DecisionStore store, Records records, Outputs outputs, RawLogs rawLogs,
          BiConsumer<String, Input> taking, Consumer<String> changed) {
        this.address = address;
        this.store = store;
        this.records = records;
        this.outputs = outputs;
        this.rawLogs = Objects.requireNonNull(rawLogs, "rawLogs");
        this.taking = taking;
        this.changed = changed;
    }

    /** {@return whether a record says that it is the first one of a part of a workspace's log} */
    boolean begins(String name, Input input) {
        Handover handover = handover(input);
        return handover != null && handover.getOffset() != null && handover.getOffset() >= 0
            && handover.getTopic().equals(address.other(name, input.topic()));
    }

    private Handover handover(Input input) {
        try {
            return records.clientOp(input).getHandover();
        } catch (UnreadableException unreadable) {
            return null;
        }
    }

    /**
     * Takes in the old part of a log up to its fence, and begins the new part where that is so.
     *
     * @param input the record that says it is the new part's first one
     * @return the new part's number
     * @throws UnreadableException where the fence that it names is none
     */
    int begin(String name, Input input) throws UnreadableException {
        Handover handover = handover(input);
        String topic = handover.getTopic();
        long fence = handover.getOffset();
        boolean there = takeIn(name, topic, fence, input.place());
        LogParts parts = store.parts(name);
        int part = there ? follower(parts, topic, fence, input) : 0;
        if (part < 1 || part >= LogPosition.PARTS_MAX) {
            throw new UnreadableException("workspace " + name + " did not leave topic " + topic + " at offset " + fence
                + " for topic " + input.topic() + " (expected: the handover that this record names)");
        }
        Home home = part <= parts.last() ? parts.homes().get(part) : new Home(input.topic(), input.offset(), false);
        store.put(name, part, home);
        changed.accept(name);
        return part;
    }

    private boolean takeIn(String name, String topic, long fence, String place) {
        if (!beginning.add(place)) {
            return false;
        }
        try {
            // What is not committed may be missing with the brokers, and must be there before what stands on it.
            long from = Math.min(rawLogs.committed(topic), undecided(name, topic, fence));
            return from > fence || rawLogs.read(topic, from, fence, each -> taking.accept(name, each));
        } finally {
            beginning.remove(place);
        }
    }

    /**
     * {@return the first offset up to a fence that may not have been decided here yet; behind the fence where it was}
     */
    private long undecided(String name, String topic, long fence) {
        LogParts parts = store.parts(name);
        int part = parts.part(topic, fence);
        if (part < 0 || parts.fence(part) != null && parts.fence(part).offset() == fence) {
            return part < 0 ? 0 : fence + 1;
        }
        long last = store.lastDecision(name);
        return last >= 0 && LogPosition.part(last) == part ? LogPosition.offset(last) + 1
            : parts.homes().get(part).fromOffset();
    }

    /** {@return the number of the part that begins with a record, or 0 where none does} */
    private static int follower(LogParts parts, String topic, long fence, Input input) {
        for (int part = 1; part <= parts.last() + 1; part++) {
            LogParts.Fence end = parts.fence(part - 1);
            boolean free = part > parts.last() || parts.homes().get(part).topic().equals(input.topic())
                && parts.homes().get(part).fromOffset() == input.offset();
            if (end != null && end.offset() == fence && end.next().equals(input.topic())
                && parts.homes().get(part - 1).topic().equals(topic) && free) {
                return part;
            }
        }
        return 0;
    }

    /** {@return the fence that a decision makes of its record, or null} */
    LogParts.Fence fence(Workspace workspace, Input input, Judge.Verdict verdict) {
        Handover handover = verdict.handover();
        if (handover == null || handover.getOffset() != null
            || !(verdict.decision() instanceof Decision.Accepted accepted)
            || !handover.getTopic().equals(address.other(workspace.name(), input.topic()))) {
            return null;
        }
        return new LogParts.Fence(input.offset(), accepted.operation().version(), handover.getTopic());
    }

    /**
     * Refuses a record behind a fence. The answer follows from the record and the fence alone, so nothing is stored.
     *
     * @throws UnreadableException where nobody can be answered
     */
    void refuse(String name, Input input, LogParts.Fence fence) throws UnreadableException {
        ClientOp record = records.clientOp(input);
        if (record.getSession().isEmpty() || record.getSession().length() > Judge.SESSION_LENGTH_MAX) {
            throw new UnreadableException("session: " + record.getSession().length() + " characters (expected: 1 to "
                + Judge.SESSION_LENGTH_MAX + ")");
        }
        RejectedOperation rejection = new RejectedOperation(name, record.getSession(), record.getSeq(),
            RejectionCode.UNAVAILABLE, "workspace " + name + " was moved: its log continues in topic " + fence.next()
                + "; send the operation there with the same seq", fence.version(), null, input.position(),
            input.timeMs());
        outputs.rejection(WorkspaceKeys.format(name, record.getSession()), records.bytes(rejection), input.timeMs());
    }
}
