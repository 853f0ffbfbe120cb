package dev.heddle.cli.history;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.CorruptLogException;
import dev.heddle.engine.workspace.Decision;
import dev.heddle.engine.workspace.Limits;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.RejectedOperation;
import dev.heddle.engine.workspace.Sequencer;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.engine.workspace.WorkspaceImage;
import dev.heddle.engine.workspace.WorkspaceState;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The raw log of one workspace run through the engine, from its first record: exactly what the transformer decides
 * under the same limits. One thread.
 */
public final class RawFold {

    private final WorkspaceState state;
    private final Predicate<CanonicalOperation> tooLarge;
    private final Map<String, Text> deletedTexts = new HashMap<>();

    /**
     * A workspace before its first operation.
     *
     * @param workspace its name
     * @param limits    the limits the transformer runs with; how much history it holds in memory does not matter
     * @param tooLarge  whether an operation's record is larger than the transformer may write
     */
    public RawFold(String workspace, Limits limits, Predicate<CanonicalOperation> tooLarge) {
        this.tooLarge = tooLarge;
        // All history an operation may stand on is held in memory here, so nothing older is ever asked for.
        Limits hot = limits.toBuilder().historyVersionsHot(Math.min(limits.historyVersionsMax(), 1 << 24)).build();
        state = WorkspaceState.empty(workspace, hot, version -> {
            throw new CorruptLogException(version, "it is older than the history that is held");
        });
    }

    /**
     * Takes the next submission.
     *
     * @param submission the submission; offsets must ascend
     * @return the operation it became, or null where it was refused or answered before
     */
    public CanonicalOperation accept(Submission submission) {
        Decision decision = Sequencer.decide(state, submission);
        if (decision instanceof Decision.Accepted accepted && tooLarge.test(accepted.operation())) {
            decision = refused(accepted);
        }
        if (decision instanceof Decision.Accepted accepted
            && accepted.operation().operation() instanceof Operation.Delete) {
            state.image().file(accepted.operation().file())
                .ifPresent(file -> deletedTexts.put(file.file(), file.text()));
        }
        state.replay(decision);
        return decision instanceof Decision.Accepted accepted ? accepted.operation() : null;
    }

    /** The transformer's own last check, which the engine cannot make: it refuses, and the number is used up. */
    private static Decision refused(Decision.Accepted accepted) {
        CanonicalOperation operation = accepted.operation();
        return new Decision.Rejected(new RejectedOperation(operation.workspace(), operation.session(),
            operation.seq(), RejectionCode.TOO_LARGE, "larger than a record may be", operation.version() - 1, null,
            operation.sourceOffset(), operation.timeMs()), true, accepted.fingerprint());
    }

    /**
     * {@return the text a file had when it was deleted, or null where it is not deleted}
     *
     * @param file the file's id
     */
    public Text deletedText(String file) {
        return deletedTexts.get(file);
    }

    /** {@return the workspace as of now; it moves on with the next submission} */
    public WorkspaceImage image() {
        return state.image();
    }
}
