package dev.heddle.testkit.invariant;

import dev.heddle.engine.workspace.CanonicalOperation;

/** Versions of a workspace first appear as 1, 2, 3 … without a gap. */
public final class RevisionHasNoGap implements Invariant {

    /** An invariant of one run. */
    public RevisionHasNoGap() {
    }

    @Override
    public void committed(Chronicle seen, CanonicalOperation operation, byte[] value) {
        long versions = seen.versions(operation.workspace());
        if (operation.version() > versions + 1) {
            throw new InvariantBroken(name(), "version " + operation.version() + " of workspace "
                + operation.workspace() + " appeared after " + versions + " (expected: " + (versions + 1) + ")");
        }
    }
}
