package dev.heddle.engine.workspace;

import dev.heddle.engine.text.Skeleton;
import dev.heddle.engine.text.TextOperation;
import java.util.ArrayList;
import java.util.Objects;

/**
 * All the next decision depends on: the fold of the canonical log, the sessions, and the history a base may lie in.
 *
 * <p>{@link Sequencer#decide} reads it and {@link #replay} is the only mutator, live and on restore; the same decisions
 * replayed give an equal state on every machine. One thread at a time.
 */
public final class WorkspaceState {

    private static final int SESSIONS_FORMAT = 2;

    private final WorkspaceImage image;
    private final Limits limits;
    private final History history;
    private final SessionTable sessions;
    private final PathHistory paths;
    private long lastSourceOffset;
    /** The operation decided on last; what was worked out for it is kept, as mostly it is replayed next. */
    private CanonicalOperation planned;
    private TextOperation plannedEdit;
    private Bridge plannedBridge;

    private WorkspaceState(WorkspaceImage image, Limits limits, HistoryReader reader, SessionTable sessions,
                           PathHistory paths, long lastSourceOffset) {
        this.image = image;
        this.limits = Objects.requireNonNull(limits, "limits");
        this.history = new History(image, limits.historyVersionsHot(),
            Objects.requireNonNull(reader, "reader"));
        this.sessions = sessions;
        this.paths = paths;
        this.lastSourceOffset = lastSourceOffset;
    }

    /**
     * {@return a workspace that nobody has written to}
     *
     * @param workspace its name, never null
     * @param limits    its limits, never null
     * @param reader    reads versions that are no longer held, never null
     */
    public static WorkspaceState empty(String workspace, Limits limits, HistoryReader reader) {
        return new WorkspaceState(WorkspaceImage.empty(workspace), limits, reader, new SessionTable(limits),
            new PathHistory(), -1);
    }

    /**
     * {@return the state a checkpoint was taken of}
     *
     * @param checkpoint the checkpoint, never null
     * @param limits     the same limits as when it was taken, never null
     * @param reader     reads versions that are not held, at first all of them; never null
     * @throws IllegalArgumentException if its sessions are not of this engine's encoding
     */
    public static WorkspaceState restore(Checkpoint checkpoint, Limits limits, HistoryReader reader) {
        WorkspaceImage image = WorkspaceImage.restore(checkpoint.workspace(), checkpoint.version(), checkpoint.hash(),
            checkpoint.files());
        ByteReader in = new ByteReader(checkpoint.sessions());
        int format = in.getByte();
        if (format != SESSIONS_FORMAT) {
            throw new IllegalArgumentException("checkpoint sessions format " + format + " (expected: "
                + SESSIONS_FORMAT + ")");
        }
        SessionTable sessions = SessionTable.read(in, limits);
        PathHistory paths = PathHistory.read(in);
        in.requireEnd();
        return new WorkspaceState(image, limits, reader, sessions, paths, checkpoint.lastSourceOffset());
    }

    /** {@return the files as of now; it moves on with this state and must not be replayed into} */
    public WorkspaceImage image() {
        return image;
    }

    /** {@return the newest version, 0 before the first} */
    public long version() {
        return image.version();
    }

    /** {@return the hash of the newest version} */
    public Hash hash() {
        return image.hash();
    }

    /** {@return offset in the raw log of the newest submission decided, -1 before the first} */
    public long lastSourceOffset() {
        return lastSourceOffset;
    }

    /** {@return the oldest version that an operation may name as its base} */
    public long oldestBase() {
        return Math.max(0, image.version() - limits.historyVersionsMax());
    }

    /** {@return the limits decisions are made under} */
    public Limits limits() {
        return limits;
    }

    History history() {
        return history;
    }

    SessionTable sessions() {
        return sessions;
    }

    PathHistory paths() {
        return paths;
    }

    /** Keeps what was worked out for a decision, so that replaying that very decision need not work it out again. */
    void plan(CanonicalOperation operation, TextOperation edit, Bridge bridge) {
        planned = operation;
        plannedEdit = edit;
        plannedBridge = bridge;
    }

    /**
     * Takes a decision in; the only way this state changes.
     *
     * @param decision the decision on the next submission of the raw log, just made or stored before; never null
     * @throws CorruptLogException if it does not follow from this state; nothing was changed then
     */
    public void replay(Decision decision) {
        if (decision.sourceOffset() <= lastSourceOffset) {
            throw new CorruptLogException(image.version(), "source offset " + decision.sourceOffset()
                + " was decided before (expected: above " + lastSourceOffset + ")");
        }
        if (decision instanceof Decision.Accepted accepted) {
            replayAccepted(accepted);
        } else if (decision instanceof Decision.Rejected rejected && rejected.consumesSeq()) {
            RejectedOperation rejection = rejected.rejection();
            requireNext(rejection.session(), rejection.seq());
            Session session = sessions.use(rejection.session());
            session.answer(rejected.fingerprint(), rejection.sourceOffset(), 0, image.version());
            sessions.settle(session, false);
        }
        lastSourceOffset = decision.sourceOffset();
        plan(null, null, null);
    }

    private void replayAccepted(Decision.Accepted accepted) {
        CanonicalOperation operation = accepted.operation();
        if (planned != operation) {
            rework(operation);
        }
        requireNext(operation.session(), operation.seq());
        FileImage before = operation.file() == null ? null : image.fileOrNull(operation.file());
        image.apply(operation, plannedEdit);
        Session session = sessions.use(operation.session());
        session.answer(accepted.fingerprint(), operation.sourceOffset(), operation.version(), operation.version());
        boolean chained = stands(operation, session.chain());
        if (chained) {
            session.chain().extend(operation);
        } else {
            session.chain().restart(operation);
        }
        Skeleton edit = plannedEdit == null ? null : plannedEdit.skeleton();
        history.add(operation.version(), operation.file(), edit);
        if (edit != null) {
            Bridge bridge = chained ? plannedBridge : accepted.written() == null ? Bridge.EMPTY : null;
            session.chain().edited(operation, bridge, accepted.written(), anchored(operation));
        } else {
            move(operation, before, session.chain());
        }
        sessions.settle(session, true);
        paths.trim(oldestBase());
    }

    private static boolean anchored(CanonicalOperation operation) {
        return operation.operation() instanceof Operation.Edit edit && edit.anchor() != null;
    }

    private void rework(CanonicalOperation operation) {
        image.check(operation);
        TextOperation edit = image.textOperation(operation);
        Session session = sessions.find(operation.session());
        Bridge bridge = Bridge.EMPTY;
        if (edit != null && session != null && !anchored(operation) && stands(operation, session.chain())) {
            FileImage file = image.fileOrNull(operation.file());
            bridge = session.chain().bridge(file, operation.base(), image.version(), history);
        }
        plan(operation, edit, bridge);
    }

    /** Whether an accepted operation stands on own ones that its base does not hold. */
    private static boolean stands(CanonicalOperation operation, Chain chain) {
        return operation.after() != null && chain.lastVersion() > operation.base()
            && operation.after() >= chain.lastSeq();
    }

    private void requireNext(String id, long seq) {
        Session known = sessions.find(id);
        long expected = known == null ? 1 : known.nextSeq();
        if (seq != expected) {
            throw new CorruptLogException(image.version() + 1, "seq " + seq + " of session " + id + " (expected: "
                + expected + ")");
        }
    }

    private void move(CanonicalOperation operation, FileImage before, Chain chain) {
        PathHistory.Event event;
        if (operation.operation() instanceof Operation.Create) {
            event = new PathHistory.Event(operation.version(), operation.file(), null, operation.path());
        } else if (operation.operation() instanceof Operation.Rename) {
            event = new PathHistory.Event(operation.version(), operation.file(), before.path(), operation.path());
        } else if (operation.operation() instanceof Operation.Delete) {
            event = new PathHistory.Event(operation.version(), operation.file(), before.path(), null);
            history.remove(operation.file());
        } else {
            return;
        }
        paths.add(event);
        chain.moved(event);
    }

    /** {@return all that this state holds but history, which is in the log; cheap, as texts are shared} */
    public Checkpoint checkpoint() {
        ByteWriter out = new ByteWriter(1024);
        out.putByte(SESSIONS_FORMAT);
        sessions.write(out, oldestBase());
        paths.write(out);
        return new Checkpoint(image.workspace(), image.version(), image.hash(), lastSourceOffset,
            new ArrayList<>(image.allFiles()), out.toBytes());
    }
}
