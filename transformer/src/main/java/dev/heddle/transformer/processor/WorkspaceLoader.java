package dev.heddle.transformer.processor;

import dev.heddle.engine.text.Skeleton;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Checkpoint;
import dev.heddle.engine.workspace.CorruptLogException;
import dev.heddle.engine.workspace.Decision;
import dev.heddle.engine.workspace.HistoryReader;
import dev.heddle.engine.workspace.WorkspaceState;
import dev.heddle.transformer.store.DecisionStore;
import dev.heddle.transformer.store.Manifest;
import dev.heddle.transformer.store.Outcome;
import dev.heddle.transformer.store.StoredDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a workspace from the store into memory <em>as it was just before a record</em>: the newest checkpoint before
 * it, then the decisions in between.
 *
 * <p>That the record is being read says that everything before it is committed, hence stored and complete. What the
 * store holds from the record on is not trusted for the state: a part of it may be missing. It is met again record by
 * record, and either it is there or it is decided once more from the same state, which gives the same bytes.
 */
final class WorkspaceLoader {

    private static final Logger log = LoggerFactory.getLogger(WorkspaceLoader.class);

    private final SequencerSettings settings;
    private final DecisionStore store;
    private final Records records;

    WorkspaceLoader(SequencerSettings settings, DecisionStore store, Records records) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.store = Objects.requireNonNull(store, "store");
        this.records = Objects.requireNonNull(records, "records");
    }

    /** {@return the workspace as it was just before the record at an offset; where that cannot be told, it says so} */
    Workspace load(String name, long offset) {
        List<String> faults = new ArrayList<>();
        long oldest = Long.MAX_VALUE;
        Workspace workspace = null;
        for (long index : store.checkpoints(name, Long.MAX_VALUE)) {
            Manifest manifest = store.manifest(name, index);
            if (manifest == null) {
                faults.add("checkpoint " + index + " is not wholly stored");
                continue;
            }
            oldest = manifest.offset();
            if (manifest.offset() < offset) {
                workspace = attempt(name, manifest, offset, faults);
                if (workspace != null) {
                    break;
                }
            }
        }
        workspace = workspace == null ? attempt(name, null, offset, faults) : workspace;
        return finish(workspace == null ? unknown(name, offset, oldest, faults) : workspace, faults);
    }

    private Workspace finish(Workspace workspace, List<String> faults) {
        workspace.parts(store.parts(workspace.name()));
        workspace.storedUpTo(store.lastDecision(workspace.name()));
        if (!faults.isEmpty() && workspace.broken() == null && !workspace.past()) {
            log.warn("workspace {}: {}; taken from {} decisions", workspace.name(), faults, workspace.index());
            workspace.needAllTexts();
        }
        return workspace;
    }

    /** What came before the record is no longer kept, or does not fit together. */
    private Workspace unknown(String name, long offset, long oldestCheckpoint, List<String> faults) {
        Workspace workspace = empty(name);
        if (offset <= oldestCheckpoint && oldestCheckpoint < Long.MAX_VALUE) {
            workspace.pastUpTo(oldestCheckpoint);
        } else {
            workspace.broken("the stored decisions of workspace " + name + " do not fit together: "
                + String.join("; ", faults) + ". Reset this application's offsets and store: the raw log holds it all");
            log.error(workspace.broken());
        }
        return workspace;
    }

    private Workspace attempt(String name, Manifest manifest, long offset, List<String> faults) {
        try {
            Workspace workspace = manifest == null ? empty(name) : restore(name, manifest);
            store.decisions(name, workspace.offset() + 1, offset - 1, (at, decision) -> {
                follow(workspace, at, decision);
                return true;
            });
            return workspace;
        } catch (CorruptLogException | IllegalArgumentException unusable) {
            faults.add("what follows checkpoint " + (manifest == null ? 0 : manifest.index()) + " cannot be used: "
                + unusable.getMessage());
            return null;
        }
    }

    private void follow(Workspace workspace, long offset, StoredDecision decision) {
        if (decision.index() != workspace.index() + 1) {
            throw new IllegalArgumentException("decision " + (workspace.index() + 1) + " is not stored, though "
                + "decision " + decision.index() + " is, of offset " + offset);
        }
        workspace.apply(offset, decision(offset, decision));
    }

    /** {@return what the engine decided, or null where the record did not reach the engine} */
    Decision decision(long offset, StoredDecision stored) {
        if (stored.outcome() instanceof Outcome.Committed committed) {
            byte[] written = committed.written();
            return new Decision.Accepted(records.canonical(committed.canonical()), committed.fingerprint(),
                written == null ? null : Skeleton.ofBytes(written));
        }
        if (stored.outcome() instanceof Outcome.Refused refused) {
            return new Decision.Rejected(records.rejected(refused.rejection()), refused.consumesSeq(),
                refused.fingerprint());
        }
        return stored.outcome() instanceof Outcome.Repeated repeated
            ? new Decision.Repeated(offset, repeated.originalOffset()) : null;
    }

    private Workspace empty(String name) {
        return new Workspace(name, WorkspaceState.empty(name, settings.limits(), history(name)),
            settings.checkpointDecisions(), 0, -1, 0);
    }

    private Workspace restore(String name, Manifest manifest) {
        Checkpoint checkpoint = manifest.checkpoint((file, version) -> text(name, file, version));
        return new Workspace(name, WorkspaceState.restore(checkpoint, settings.limits(), history(name)),
            settings.checkpointDecisions(), manifest.index(), manifest.offset(), manifest.textsSince());
    }

    private Text text(String name, String file, long version) {
        Text text = store.text(name, file, version);
        if (text == null) {
            throw new IllegalArgumentException("the text of file " + file + " at version " + version
                + " is not stored");
        }
        return text;
    }

    private HistoryReader history(String name) {
        return version -> committed(name, version);
    }

    private CanonicalOperation committed(String name, long version) {
        StoredDecision decision = store.decisionOfVersion(name, version);
        if (decision == null || !(decision.outcome() instanceof Outcome.Committed committed)) {
            throw new CorruptLogException(version, "workspace " + name + " has no decision stored for it");
        }
        return records.canonical(committed.canonical());
    }
}
