package dev.heddle.cli.verify;

import dev.heddle.cli.history.BlameFold;
import dev.heddle.cli.history.RawFold;
import dev.heddle.cli.verify.Finding.Kind;
import dev.heddle.cli.verify.Finding.Log;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.FileImage;
import dev.heddle.engine.workspace.Origin;
import dev.heddle.engine.workspace.TextRuns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Compares every snapshot with the workspace at the very version it says it is as of, and proves that whatever was
 * taken out of the canonical log is in a snapshot. One thread.
 */
final class SnapshotProof {

    private final TreeMap<Long, List<SnapshotRecord>> waiting = new TreeMap<>();
    private final Map<String, Integer> blamed = new HashMap<>();
    private final BlameFold blame = new BlameFold();
    private final Map<String, Long> newestByFile = new HashMap<>();
    private final Map<String, Long> lastPrunedChange = new HashMap<>();
    private final Findings findings;
    private final RawFold fold;
    private final long horizon;
    private final RunsHash.Origins origins = new RunsHash.Origins();
    /** By version; 0 for those not worked out yet. */
    private long[] originHashes = new long[1_024];
    private long compared;

    SnapshotProof(Collection<SnapshotRecord> snapshots, RawFold fold, Findings findings) {
        this.fold = fold;
        this.findings = findings;
        long oldest = 0;
        for (SnapshotRecord snapshot : snapshots) {
            if (snapshot.problem() != null) {
                add(snapshot, Kind.UNREADABLE, "the snapshot of file " + snapshot.key() + " cannot be read: "
                    + snapshot.problem());
                continue;
            }
            oldest = Math.max(oldest, snapshot.oldest());
            waiting.computeIfAbsent(snapshot.version(), version -> new ArrayList<>()).add(snapshot);
            if (snapshot.runsHash() != null) {
                blamed.merge(snapshot.file(), 1, Integer::sum);
            }
        }
        horizon = oldest;
    }

    /** {@return operations up to this version may have been taken out of the canonical log, as the snapshots say} */
    long horizon() {
        return horizon;
    }

    long compared() {
        return compared;
    }

    /** Compares the snapshots of one version. */
    void at(CanonicalOperation operation) {
        // Who wrote what is only kept for files of which a snapshot still to come tells it.
        if (operation.file() != null && blamed.containsKey(operation.file())) {
            blame.accept(operation);
        }
        if (operation.version() <= horizon && operation.file() != null) {
            lastPrunedChange.put(operation.file(), operation.version());
        }
        List<SnapshotRecord> due = waiting.isEmpty() || waiting.firstKey() > operation.version() ? null
            : waiting.remove(operation.version());
        if (due != null) {
            due.forEach(snapshot -> compare(snapshot, operation));
        }
    }

    private void compare(SnapshotRecord snapshot, CanonicalOperation operation) {
        compared++;
        if (!snapshot.key().equals(snapshot.file())) {
            add(snapshot, Kind.SWAPPED, "the snapshot of file " + snapshot.key() + " holds file " + snapshot.file());
            return;
        }
        FileImage file = fold.image().file(snapshot.file()).orElse(null);
        if (file == null) {
            add(snapshot, Kind.INSERTED, "there is no file " + snapshot.file() + " at version " + snapshot.version());
            return;
        }
        newestByFile.merge(snapshot.file(), snapshot.version(), Math::max);
        String name = file.path() + " as of version " + snapshot.version();
        same(snapshot, name + ": text in its own snapshot against the hash beside it", snapshot.textHash(),
            snapshot.statedHash());
        same(snapshot, name + ": hash of the text", snapshot.statedHash(), file.text().sha256Hex());
        if (snapshot.deletedTextHash() != null) {
            Text before = fold.deletedText(snapshot.file());
            same(snapshot, name + ": hash of the text before its deletion", snapshot.deletedTextHash(),
                before == null ? null : before.sha256Hex());
        }
        if (snapshot.runsHash() != null) {
            TextRuns proven = snapshot.deleted() && snapshot.deletedTextHash() == null ? TextRuns.EMPTY
                : blame.of(snapshot.file());
            if (!snapshot.runsHash().equals(hash(proven))) {
                add(snapshot, Kind.ALTERED, name + ": who wrote what is not what the raw log proves");
            }
            blamed.computeIfPresent(snapshot.file(), (id, left) -> left == 1 ? null : left - 1);
        }
        same(snapshot, name + ": path", snapshot.path(), file.path());
        same(snapshot, name + ": deleted", snapshot.deleted(), file.deleted());
        same(snapshot, name + ": version of the file's last change", snapshot.fileVersion(), file.version());
        same(snapshot, name + ": chain hash", snapshot.chainHash(), operation.hash().hex());
        same(snapshot, name + ": time", snapshot.timeMs(), operation.timeMs());
    }

    private String hash(TextRuns runs) {
        RunsHash hash = new RunsHash();
        runs.forEach(run -> hash.add(run.length(), hash(run.origin())));
        return hash.toString();
    }

    /** Who wrote something is in most snapshots that follow, so that its hash is kept. */
    private long hash(Origin origin) {
        int version = (int) origin.version();
        if (version >= originHashes.length) {
            originHashes = Arrays.copyOf(originHashes, Math.max(version + 1, originHashes.length
                + (originHashes.length >> 1)));
        }
        if (originHashes[version] == 0) {
            originHashes[version] = origins.of(origin.version(), origin.timeMs(), origin.author(), origin.session());
        }
        return originHashes[version];
    }

    private void same(SnapshotRecord snapshot, String what, Object said, Object proven) {
        if (!Objects.equals(said, proven)) {
            add(snapshot, Kind.ALTERED, what + " is " + said + " (the raw log proves: " + proven + ")");
        }
    }

    /** Tells of snapshots that no version answers to, and of pruned operations that no snapshot holds. */
    void finish(long head, long prunedTo) {
        waiting.values().forEach(left -> left.forEach(snapshot -> add(snapshot, Kind.INSERTED, "a snapshot of "
            + snapshot.path() + " as of version " + snapshot.version() + " (the raw log ends at version " + head
            + ")")));
        lastPrunedChange.forEach((file, version) -> {
            if (version <= prunedTo && newestByFile.getOrDefault(file, 0L) < version) {
                findings.add(new Finding(Log.SNAPSHOTS, Kind.DROPPED, version, -1, "version " + version + " of file "
                    + file + " was taken out of the canonical log and no snapshot of the file holds it"));
            }
        });
    }

    private void add(SnapshotRecord snapshot, Kind kind, String detail) {
        findings.add(new Finding(Log.SNAPSHOTS, kind, snapshot.version(), snapshot.position(), detail));
    }
}
