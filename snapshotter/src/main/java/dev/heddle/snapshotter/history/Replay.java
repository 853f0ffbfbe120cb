package dev.heddle.snapshotter.history;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Decision;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.engine.workspace.Limits;
import dev.heddle.engine.workspace.RejectedOperation;
import dev.heddle.engine.workspace.Sequencer;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.engine.workspace.WorkspaceState;
import dev.heddle.schemas.topic.LogPosition;
import dev.heddle.snapshotter.fold.WorkspaceFold;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides the submissions of a raw log again, one by one, and folds what is accepted. One thread. */
class Replay {

    /** An operation stands on one that is older than what is remembered. */
    static final class ReachesBackException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ReachesBackException() {
            super("an operation reaches back further than is remembered", null, false, false);
        }
    }

    private static final Logger log = LoggerFactory.getLogger(Replay.class);

    private final String workspace;
    private final WorkspaceState state;
    private final WorkspaceFold fold;
    private final Predicate<CanonicalOperation> tooLarge;
    private final CanonicalOperation[] recent;
    private final Map<Long, Hash> known;

    Replay(String workspace, Milestone from, Limits limits, Predicate<CanonicalOperation> tooLarge,
           int recentMax, Map<Long, Hash> known) {
        this.recent = new CanonicalOperation[recentMax];
        this.known = known;
        this.workspace = workspace;
        this.tooLarge = tooLarge;
        if (from == null) {
            state = WorkspaceState.empty(workspace, limits, this::remembered);
            fold = WorkspaceFold.empty(workspace);
        } else {
            from.recent().forEach(this::remember);
            state = WorkspaceState.restore(from.checkpoint(), limits, this::remembered);
            fold = new WorkspaceFold(workspace, from.version(), from.checkpoint().hash(), from.timeMs(), from.files());
        }
    }

    private CanonicalOperation remembered(long version) {
        CanonicalOperation operation = recent[place(version)];
        if (operation == null || operation.version() != version) {
            throw new ReachesBackException();
        }
        return operation;
    }

    private void remember(CanonicalOperation operation) {
        recent[place(operation.version())] = operation;
    }

    private int place(long version) {
        return (int) (version % recent.length);
    }

    String workspace() {
        return workspace;
    }

    long version() {
        return fold.version();
    }

    long nextPosition() {
        return state.lastSourceOffset() + 1;
    }

    /** Says whether it gave a new version. */
    boolean take(Submission submission) {
        Decision decision;
        try {
            decision = Sequencer.decide(state, submission);
        } catch (ReachesBackException farBack) {
            throw farBack;
        } catch (RuntimeException bug) {
            // The transformer laid such a record aside too.
            log.warn("workspace {}: the engine failed on offset {}: {}", workspace,
                LogPosition.text(submission.sourceOffset()), bug.toString());
            return false;
        }
        if (decision instanceof Decision.Accepted accepted && tooLarge.test(accepted.operation())) {
            decision = new Decision.Rejected(new RejectedOperation(workspace, submission.session(), submission.seq(),
                RejectionCode.TOO_LARGE, "too large", state.version(), null, submission.sourceOffset(),
                submission.timeMs()), true, accepted.fingerprint());
        }
        state.replay(decision);
        if (decision instanceof Decision.Accepted accepted) {
            fold.applyDecided(accepted.operation());
            remember(accepted.operation());
            check(accepted.operation().version(), accepted.operation().hash());
            return true;
        }
        return false;
    }

    Milestone milestone() {
        List<CanonicalOperation> inOrder = new ArrayList<>(recent.length);
        for (long version = Math.max(1, version() - recent.length + 1); version <= version(); version++) {
            CanonicalOperation operation = recent[place(version)];
            if (operation != null && operation.version() == version) {
                inOrder.add(operation);
            }
        }
        return new Milestone(state.checkpoint(), fold.timeMs(), fold.files(), inOrder);
    }

    private void check(long version, Hash rebuilt) {
        Hash right = known.get(version);
        if (right != null && !right.equals(rebuilt)) {
            throw new HistoryException("workspace " + workspace + ": version " + version + " rebuilt from the raw "
                + "log has hash " + rebuilt.hex() + " (expected: " + right.hex() + " as in the canonical log; the "
                + "limits in the settings must be those of the transformer)");
        }
    }

    PastState state() {
        return new PastState(fold.version(), fold.hash(), fold.files());
    }
}
