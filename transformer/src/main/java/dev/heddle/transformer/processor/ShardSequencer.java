package dev.heddle.transformer.processor;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.workspace.Decision;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.schemas.topic.LogPosition;
import dev.heddle.schemas.topic.WorkspaceKeys;
import dev.heddle.transformer.store.DecisionStore;
import dev.heddle.transformer.store.Home;
import dev.heddle.transformer.store.InputStamp;
import dev.heddle.transformer.store.LogParts;
import dev.heddle.transformer.store.Outcome;
import dev.heddle.transformer.store.StoredDecision;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders the records of one shard: decides each once, stores the decision, then answers. One thread at a time.
 *
 * <p>A pure function of the raw logs: it asks no clock and no dice, and what is in memory only makes it faster. A
 * record that was decided before is never decided again: its stored decision is <em>put again</em> and <em>sent
 * again</em>, because a crash may have come between the store and its changelog, or between the changelog and the
 * answer, and nobody can tell afterwards. Input offsets are committed only after all that was written for them is
 * flushed, so whatever may be missing is read again.
 *
 * <p>No single record stops the shard: what cannot be read, or cannot be decided, goes to the dead letters. Only where
 * the surroundings fail (registry, store, brokers) does an exception leave {@link #accept}; the record is then read
 * again later, and nothing that was known in memory is trusted any more.
 */
public final class ShardSequencer {

    private static final Logger log = LoggerFactory.getLogger(ShardSequencer.class);

    private final WorkspaceAddress address;
    private final boolean ownLogsStartAtZero;
    private final DecisionStore store;
    private final Judge judge;
    private final Outputs outputs;
    private final SequencerMetrics metrics;
    private final WorkspaceLoader loader;
    private final Checkpoints checkpoints;
    private final HotWorkspaces hot;
    private final Moves moves;

    /**
     * The sequencer of a shard.
     *
     * @param address  tells workspaces apart
     * @param settings what ordering depends on
     * @param store    the shard's decisions
     * @param records  reads and writes records
     * @param outputs  where answers go
     * @param commits  how far input is committed; what lies before may be forgotten
     * @param rawLogs  reads what a moved log stands on
     * @param metrics  counts
     */
    public ShardSequencer(WorkspaceAddress address, SequencerSettings settings, DecisionStore store, Records records,
                          Outputs outputs, Commits commits, RawLogs rawLogs, SequencerMetrics metrics) {
        this.address = Objects.requireNonNull(address, "address");
        this.ownLogsStartAtZero = settings.ownLogsStartAtZero();
        this.store = Objects.requireNonNull(store, "store");
        this.outputs = Objects.requireNonNull(outputs, "outputs");
        this.metrics = Objects.requireNonNull(metrics, "metrics");
        this.loader = new WorkspaceLoader(settings, store, records);
        this.checkpoints = new Checkpoints(settings, store, commits, rawLogs);
        this.judge = new Judge(settings, checkpoints, records);
        this.hot = new HotWorkspaces(settings.hotWorkspacesMax(), settings.hotTextBytesMax());
        this.moves = new Moves(address, store, records, outputs, rawLogs, this::acceptAhead, this::partsChanged);
    }

    /**
     * Takes one record in.
     *
     * @param input the record
     */
    public void accept(Input input) {
        metrics.operationIn();
        try {
            accept(address.workspace(input), input);
        } catch (UnreadableException unreadable) {
            deadLetter(input, unreadable.getMessage());
        }
        metrics.hot(hot.size(), hot.textBytes());
    }

    private void accept(String name, Input read) throws UnreadableException {
        Workspace held = hot.get(name);
        LogParts parts = held == null ? store.parts(name) : held.parts();
        int part = parts.part(read.topic(), read.offset());
        LogParts.Fence end = part < 0 ? null : parts.fence(part);
        boolean outside = part < 0 || end != null && read.offset() > end.offset();
        if (outside) {
            if (moves.begins(name, read)) {
                part = moves.begin(name, read);
            } else if (end != null) {
                moves.refuse(name, read.in(part), end);
                metrics.rejected(RejectionCode.UNAVAILABLE);
                return;
            } else if (parts.last() >= 0) {
                throw new UnreadableException("workspace " + name + " has its log in topic "
                    + parts.homes().get(parts.last()).topic() + "; this record in topic " + read.topic()
                    + " is not part of it");
            }
        } else if (part > 0 && read.offset() == parts.homes().get(part).fromOffset()) {
            moves.begin(name, read);
        }
        sequence(name, read.in(Math.max(0, part)));
    }

    private void sequence(String name, Input input) throws UnreadableException {
        Workspace workspace = before(name, input.position());
        long textBytesBefore = workspace.textBytes();
        try {
            if (workspace.broken() != null) {
                throw new UnreadableException(workspace.broken());
            }
            checkHome(workspace, input);
            StoredDecision stored = input.position() <= workspace.storedUpTo()
                ? store.decision(name, input.position()) : null;
            if (workspace.past()) {
                past(workspace, input, stored);
            } else if (stored != null) {
                again(workspace, input, stored);
            } else {
                decide(workspace, input);
            }
            hot.changed(workspace, textBytesBefore);
        } catch (UnreadableException unreadable) {
            hot.changed(workspace, textBytesBefore);
            throw unreadable;
        } catch (RuntimeException | Error failure) {
            hot.drop(name, textBytesBefore);
            throw failure;
        }
    }

    /** {@return the workspace as it was just before a record} */
    private Workspace before(String name, long position) {
        Workspace workspace = hot.get(name);
        boolean fits = workspace != null && workspace.leadsTo(position)
            && (!workspace.past() || position <= workspace.pastUpTo());
        if (!fits) {
            if (workspace != null) {
                hot.drop(name, workspace.textBytes());
            }
            metrics.loaded();
            workspace = loader.load(name, position);
            hot.put(workspace);
        }
        return workspace;
    }

    private static void checkHome(Workspace workspace, Input input) throws UnreadableException {
        if (workspace.parts().homes().stream().anyMatch(Home::recreated)) {
            throw new UnreadableException(recreated(workspace, input));
        }
    }

    private static String recreated(Workspace workspace, Input input) {
        return "topic " + input.topic() + " is not the one that workspace " + workspace.name() + " was decided from: it"
            + " was deleted and created anew, and a workspace has one history (expected: a new name for a new one)";
    }

    /** The record lies before all that is kept: somebody set the offsets back. What is still stored is said again. */
    private void past(Workspace workspace, Input input, StoredDecision stored) throws UnreadableException {
        if (stored == null) {
            metrics.forgotten();
            log.debug("{} was answered long ago", input.place());
            return;
        }
        checkSame(workspace, input, stored);
        store.put(workspace.name(), input.position(), stored);
        metrics.answeredAgain();
        answer(workspace, input, stored.outcome());
    }

    /** The record was decided before; a crash may have kept any part of it from the brokers. */
    private void again(Workspace workspace, Input input, StoredDecision stored) throws UnreadableException {
        checkSame(workspace, input, stored);
        if (stored.index() != workspace.index() + 1) {
            metrics.hole();
            workspace.broken("decision " + stored.index() + " of workspace " + workspace.name() + " at "
                + input.place() + " follows " + workspace.index() + " decisions; a bug or a damaged store, please"
                + " report it. Reset this application's offsets and store: the raw log holds it all");
            throw new UnreadableException(workspace.broken());
        }
        workspace.apply(input.position(), loader.decision(input.position(), stored));
        LogParts.Fence fence = workspace.parts().fence(LogPosition.part(input.position()));
        keep(workspace, input, stored, fence != null && fence.offset() == input.offset() ? fence : null);
        metrics.answeredAgain();
        answer(workspace, input, stored.outcome());
    }

    private void checkSame(Workspace workspace, Input input, StoredDecision stored) throws UnreadableException {
        if (!stored.input().equals(InputStamp.of(input.timeMs(), input.value()))) {
            int part = LogPosition.part(input.position());
            Home home = workspace.parts().homes().get(part).anew();
            store.put(workspace.name(), part, home);
            workspace.parts(workspace.parts().with(part, home));
            throw new UnreadableException(recreated(workspace, input));
        }
    }

    private void decide(Workspace workspace, Input input) throws UnreadableException {
        boolean first = workspace.parts().last() < 0;
        if (first && input.offset() > 0 && ownLogsStartAtZero && !address.shared(input.topic())) {
            throw new UnreadableException("nothing is stored of workspace " + workspace.name() + " though its log is at"
                + " offset " + input.offset() + ": the store is lost, or the log's beginning is (expected: a log from"
                + " offset 0 on; reset this application's offsets so that the log is read again)");
        }
        Judge.Verdict verdict = judge.judge(workspace, input);
        StoredDecision stored = new StoredDecision(workspace.index() + 1,
            InputStamp.of(input.timeMs(), input.value()), verdict.outcome());
        workspace.apply(input.position(), verdict.decision());
        keep(workspace, input, stored, moves.fence(workspace, input, verdict));
        count(verdict);
        DecisionLog.tell(input, verdict.decision());
        answer(workspace, input, verdict.outcome());
    }

    private void count(Judge.Verdict verdict) {
        Decision decision = verdict.decision();
        if (decision instanceof Decision.Accepted accepted) {
            metrics.committed(accepted.operation().version() - 1 - accepted.operation().base());
        } else if (decision instanceof Decision.Rejected rejected) {
            metrics.rejected(rejected.rejection().code());
        } else if (decision instanceof Decision.Repeated) {
            metrics.repeated();
        }
    }

    /** What says where the log is goes to the store before the decision: where that is known, so is the place. */
    private void keep(Workspace workspace, Input input, StoredDecision stored, LogParts.Fence fence) {
        String name = workspace.name();
        if (workspace.parts().last() < 0) {
            workspace.parts(LogParts.NONE.with(0, new Home(input.topic(), 0, false)));
        }
        if (stored.index() == 1) {
            store.put(name, 0, workspace.parts().homes().get(0));
        }
        if (fence != null) {
            int part = LogPosition.part(input.position());
            store.put(name, part, fence);
            if (workspace.parts().fence(part) == null) {
                workspace.parts(workspace.parts().with(fence));
            }
        }
        store.put(name, input.position(), stored);
        workspace.storedUpTo(input.position());
        checkpoints.follow(workspace, stored.outcome());
    }

    private void answer(Workspace workspace, Input input, Outcome outcome) {
        String name = workspace.name();
        if (outcome instanceof Outcome.Committed committed) {
            outputs.canonical(CanonicalKeys.format(name, committed.version()), committed.canonical(), input.timeMs());
        } else if (outcome instanceof Outcome.Refused refused) {
            outputs.rejection(WorkspaceKeys.format(name, refused.session()), refused.rejection(), input.timeMs());
        } else if (outcome instanceof Outcome.Unreadable unreadable) {
            deadLetter(input, unreadable.reason());
        } else if (outcome instanceof Outcome.Repeated repeated) {
            StoredDecision original = store.decision(name, repeated.originalOffset());
            if (original != null && !(original.outcome() instanceof Outcome.Repeated)) {
                answer(workspace, input, original.outcome());
            }
        }
    }

    /** Takes in a record that was read beside the delivered ones; it will be delivered too, sooner or later. */
    private void acceptAhead(String name, Input input) {
        try {
            if (address.workspace(input).equals(name)) {
                accept(name, input);
            }
        } catch (UnreadableException unreadable) {
            log.debug("{} goes to the dead letters once it is delivered: {}", input.place(), unreadable.getMessage());
        }
    }

    private void partsChanged(String name) {
        Workspace held = hot.get(name);
        if (held != null) {
            held.parts(store.parts(name));
        }
    }

    private void deadLetter(Input input, String reason) {
        metrics.deadLetter();
        log.warn("dead letter {}: {}", input.place(), reason);
        outputs.deadLetter(input, reason);
    }
}
