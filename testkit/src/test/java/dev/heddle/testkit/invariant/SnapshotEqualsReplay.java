package dev.heddle.testkit.invariant;

import dev.heddle.engine.workspace.FileImage;
import dev.heddle.snapshotter.fold.FileState;
import dev.heddle.snapshotter.store.StoredSnapshot;

/** A snapshot holds its file as the canonical log makes it, folded by the engine. */
public final class SnapshotEqualsReplay implements Invariant {

    /** An invariant of one run. */
    public SnapshotEqualsReplay() {
    }

    @Override
    public void snapshotWritten(Chronicle seen, StoredSnapshot snapshot) {
        FileState state = snapshot.state();
        FileImage expected = seen.file(snapshot.workspace(), state.file(), snapshot.version());
        boolean same = expected != null && expected.deleted() == state.deleted()
            && expected.path().equals(state.path()) && expected.version() == state.version()
            && (state.deleted() || expected.text().toString().equals(state.text().toString()));
        if (!same) {
            throw new InvariantBroken(name(), "snapshot of file " + state.file() + " of workspace "
                + snapshot.workspace() + " as of version " + snapshot.version() + " is " + state + " (expected: "
                + expected + ")");
        }
    }
}
