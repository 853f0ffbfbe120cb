package dev.heddle.testkit.invariant;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.snapshotter.store.StoredSnapshot;

/**
 * A version is only removed from the canonical topic behind a snapshot of its file that holds it and is durable, and
 * only where as many newer versions are kept as the settings promise.
 */
public final class TombstoneIsCovered implements Invariant {

    private final long keptVersions;

    /**
     * An invariant of one run.
     *
     * @param keptVersions how many newest versions are never removed
     */
    public TombstoneIsCovered(long keptVersions) {
        this.keptVersions = keptVersions;
    }

    @Override
    public void tombstoned(Chronicle seen, String workspace, long version) {
        CanonicalOperation operation = seen.operation(workspace, version);
        if (operation == null || version > seen.versions(workspace) - keptVersions) {
            throw new InvariantBroken(name(), "version " + version + " of workspace " + workspace + " was removed at "
                + seen.versions(workspace) + " versions (expected: the newest " + keptVersions + " are kept)");
        }
        StoredSnapshot snapshot = operation.file() == null ? null : seen.snapshot(workspace, operation.file());
        if (operation.file() != null && (snapshot == null || snapshot.version() < version)) {
            throw new InvariantBroken(name(), "version " + version + " of workspace " + workspace
                + " was removed, but the snapshot of file " + operation.file() + " is "
                + (snapshot == null ? "missing" : "as of version " + snapshot.version()));
        }
    }
}
