package dev.heddle.transformer.processor;

import dev.heddle.engine.workspace.Decision;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.schemas.topic.WorkspaceKeys;
import dev.heddle.transformer.store.DecisionStore;
import dev.heddle.transformer.store.Home;
import dev.heddle.transformer.store.InputStamp;
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

    /**
     * The sequencer of a shard.
     *
     * @param address  tells workspaces apart
     * @param settings what ordering depends on
     * @param store    the shard's decisions
     * @param records  reads and writes records
     * @param outputs  where answers go
     * @param commits  how far input is committed; what lies before may be forgotten
     * @param metrics  counts
     */
    public ShardSequencer(WorkspaceAddress address, SequencerSettings settings, DecisionStore store, Records records,
                          Outputs outputs, Commits commits, SequencerMetrics metrics) {
        this.address = Objects.requireNonNull(address, "address");
        this.ownLogsStartAtZero = settings.ownLogsStartAtZero();
        this.store = Objects.requireNonNull(store, "store");
        this.outputs = Objects.requireNonNull(outputs, "outputs");
        this.metrics = Objects.requireNonNull(metrics, "metrics");
        this.loader = new WorkspaceLoader(settings, store, records);
        this.checkpoints = new Checkpoints(settings, store, commits);
        this.judge = new Judge(settings, checkpoints, records);
        this.hot = new HotWorkspaces(settings.hotWorkspacesMax(), settings.hotTextBytesMax());
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

    private void accept(String name, Input input) throws UnreadableException {
        Workspace workspace = before(name, input.offset());
        long textBytesBefore = workspace.textBytes();
        try {
            if (workspace.broken() != null) {
                throw new UnreadableException(workspace.broken());
            }
            checkHome(workspace, input);
            StoredDecision stored = input.offset() <= workspace.storedUpTo()
                ? store.decision(name, input.offset()) : null;
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
    private Workspace before(String name, long offset) {
        Workspace workspace = hot.get(name);
        boolean fits = workspace != null && offset > workspace.offset()
            && (!workspace.past() || offset <= workspace.pastUpTo());
        if (!fits) {
            if (workspace != null) {
                hot.drop(name, workspace.textBytes());
            }
            metrics.loaded();
            workspace = loader.load(name, offset);
            hot.put(workspace);
        }
        return workspace;
    }

    private void checkHome(Workspace workspace, Input input) throws UnreadableException {
        Home home = workspace.home();
        if (home == null) {
            return;
        }
        if (!home.topic().equals(input.topic())) {
            throw new UnreadableException("workspace " + workspace.name() + " has its log in topic " + home.topic()
                + "; this record in topic " + input.topic() + " is not part of it");
        }
        if (home.recreated()) {
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
        store.put(workspace.name(), input.offset(), stored);
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
        workspace.apply(input.offset(), loader.decision(input.offset(), stored));
        keep(workspace, input, stored);
        metrics.answeredAgain();
        answer(workspace, input, stored.outcome());
    }

    private void checkSame(Workspace workspace, Input input, StoredDecision stored) throws UnreadableException {
        if (!stored.input().equals(InputStamp.of(input.timeMs(), input.value()))) {
            Home home = new Home(input.topic(), true);
            store.put(workspace.name(), home);
            workspace.home(home);
            throw new UnreadableException(recreated(workspace, input));
        }
    }

    private void decide(Workspace workspace, Input input) throws UnreadableException {
        if (workspace.home() == null && input.offset() > 0 && ownLogsStartAtZero && !address.shared(input.topic())) {
            throw new UnreadableException("nothing is stored of workspace " + workspace.name() + " though its log is at"
                + " offset " + input.offset() + ": the store is lost, or the log's beginning is (expected: a log from"
                + " offset 0 on; reset this application's offsets so that the log is read again)");
        }
        Judge.Verdict verdict = judge.judge(workspace, input);
        StoredDecision stored = new StoredDecision(workspace.index() + 1,
            InputStamp.of(input.timeMs(), input.value()), verdict.outcome());
        workspace.apply(input.offset(), verdict.decision());
        keep(workspace, input, stored);
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

    private void keep(Workspace workspace, Input input, StoredDecision stored) {
        if (workspace.home() == null) {
            workspace.home(new Home(input.topic(), false));
        }
        if (stored.index() == 1) {
            store.put(workspace.name(), workspace.home());
        }
        store.put(workspace.name(), input.offset(), stored);
        workspace.storedUpTo(input.offset());
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

    private void deadLetter(Input input, String reason) {
        metrics.deadLetter();
        log.warn("dead letter {}: {}", input.place(), reason);
        outputs.deadLetter(input, reason);
    }
}
