package dev.heddle.testkit.invariant;

import dev.heddle.snapshotter.store.StoredSnapshot;

/** A snapshot is as of a version that is in the canonical log, and claims to cover no more than that. */
public final class SnapshotNotAheadOfLog implements Invariant {

    /** An invariant of one run. */
    public SnapshotNotAheadOfLog() {
    }

    @Override
    public void snapshotWritten(Chronicle seen, StoredSnapshot snapshot) {
        long versions = seen.versions(snapshot.workspace());
        if (snapshot.version() > versions || snapshot.covered() > versions || snapshot.oldest() > versions) {
            throw new InvariantBroken(name(), "snapshot of file " + snapshot.state().file() + " of workspace "
                + snapshot.workspace() + " is as of version " + snapshot.version() + ", covers " + snapshot.covered()
                + ", oldest " + snapshot.oldest() + " (expected: at most " + versions + ")");
        }
    }
}
