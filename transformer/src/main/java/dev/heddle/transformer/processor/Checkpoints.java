package dev.heddle.transformer.processor;

import dev.heddle.engine.workspace.Checkpoint;
import dev.heddle.engine.workspace.FileImage;
import dev.heddle.schemas.topic.LogPosition;
import dev.heddle.transformer.store.DecisionStore;
import dev.heddle.transformer.store.LogParts;
import dev.heddle.transformer.store.Manifest;
import dev.heddle.transformer.store.Numbered;
import dev.heddle.transformer.store.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Writes checkpoints and forgets what is behind them.
 *
 * <p>A checkpoint follows from the count of decisions alone, never from a clock, a batch or what is in memory, and it
 * is written again when the decision it belongs to is read again.
 *
 * <p>What may be forgotten follows from the count as well; <em>when</em> it goes waits for the commit. The anchor is
 * the newest checkpoint whose records are all committed: it and all that follows it stay, so whichever record is read
 * next, on this instance or another, finds the state before it. No removal outlives the checkpoint it relied on, as
 * that checkpoint is with the brokers before the removal is made. A removal that itself gets lost leaves an entry below
 * the bounds, which is found and removed again.
 */
final class Checkpoints {

    private final long interval;
    private final long kept;
    private final DecisionStore store;
    private final Commits commits;
    private final RawLogs rawLogs;
    private final Archive archive;

    Checkpoints(SequencerSettings settings, DecisionStore store, Commits commits, RawLogs rawLogs) {
        this.interval = settings.checkpointDecisions();
        this.kept = settings.keptDecisions();
        this.store = Objects.requireNonNull(store, "store");
        this.commits = Objects.requireNonNull(commits, "commits");
        this.rawLogs = Objects.requireNonNull(rawLogs, "rawLogs");
        this.archive = new Archive(settings, store, commits);
    }

    /**
     * Writes what belongs to the newest decision beside the decision itself.
     *
     * @param workspace the workspace, just after that decision
     * @param outcome   what was decided
     */
    void follow(Workspace workspace, Outcome outcome) {
        if (workspace.atCheckpoint()) {
            store.putMark(workspace.name(), workspace.index(), workspace.offset());
            write(workspace);
            forgetCheckpoints(workspace);
            forgetAnswers(workspace);
            archive.forget(workspace);
        }
        if (outcome instanceof Outcome.Committed) {
            archive.tidy(workspace);
        }
    }

    /** {@return offset up to which decisions may have been forgotten, or -1; the same on every instance} */
    long forgottenUpTo(Workspace workspace) {
        long newest = workspace.index() - workspace.index() % interval;
        return newest > kept ? store.mark(workspace.name(), newest - kept) : -1;
    }

    private void write(Workspace workspace) {
        String name = workspace.name();
        Checkpoint checkpoint = workspace.state().checkpoint();
        for (FileImage file : checkpoint.files()) {
            if (!file.deleted() && (workspace.allTexts() || file.version() > workspace.textsSince())) {
                store.put(name, file.file(), file.version(), file.text());
            }
        }
        store.put(name, new Manifest(workspace.index(), workspace.offset(), workspace.textsSince(),
            checkpoint.manifest()));
    }

    private void forgetCheckpoints(Workspace workspace) {
        if (!earlierPartsCommitted(workspace)) {
            return;
        }
        String name = workspace.name();
        List<Manifest> older = new ArrayList<>();
        for (long index : store.checkpoints(name, workspace.index() - 1)) {
            Manifest manifest = store.manifest(name, index);
            if (manifest == null) {
                store.deleteManifest(name, index);
            } else if (!older.isEmpty() || commits.committed(workspace.parts(), manifest.offset())) {
                older.add(manifest);
            }
        }
        if (older.isEmpty()) {
            return;
        }
        workspace.anchor(older.get(0).offset(), older.get(0).textsSince());
        Collections.reverse(older);
        for (int i = 0; i + 1 < older.size(); i++) {
            forgetCheckpoint(name, older.get(i), older.get(i + 1));
        }
    }

    /** The end of an earlier part may have been read beside the delivered records, which then come once more. */
    private boolean earlierPartsCommitted(Workspace workspace) {
        LogParts parts = workspace.parts();
        for (int part = workspace.committedParts(); part < LogPosition.part(workspace.offset()); part++) {
            String topic = parts.homes().get(part).topic();
            long fence = parts.fence(part).offset();
            if (commits.below(topic) <= fence && rawLogs.committed(topic) <= fence) {
                return false;
            }
            workspace.committedParts(part + 1);
        }
        return true;
    }

    private void forgetCheckpoint(String name, Manifest old, Manifest next) {
        Set<FileImage> stillUsed = new HashSet<>(next.files());
        for (FileImage file : old.files()) {
            if (!stillUsed.contains(file)) {
                store.deleteText(name, file.file(), file.version());
            }
        }
        store.deleteManifest(name, old.index());
    }

    private void forgetAnswers(Workspace workspace) {
        String name = workspace.name();
        long last = workspace.index() - kept - interval;
        while (workspace.marksForgotten() < last) {
            Numbered mark = store.firstMark(name, workspace.marksForgotten() + 1, last);
            if (mark == null) {
                workspace.marksForgotten(last);
            } else if (mark.offset() <= workspace.anchor()) {
                forgetAnswers(name, workspace.answersForgotten() + 1, mark.offset());
                store.deleteMark(name, mark.number());
                workspace.answersForgotten(mark.offset());
                workspace.marksForgotten(mark.number());
            } else {
                return;
            }
        }
    }

    /** Removes all but what took a version, which goes by its version. */
    private void forgetAnswers(String name, long from, long to) {
        List<Long> offsets = new ArrayList<>();
        store.looseDecisions(name, from, to, (offset, decision) -> {
            if (!(decision.outcome() instanceof Outcome.Committed)) {
                offsets.add(offset);
            }
            return true;
        });
        offsets.forEach(offset -> store.deleteDecision(name, offset));
    }
}
