package dev.heddle.testkit.invariant;

import dev.heddle.engine.workspace.CanonicalOperation;
import java.util.Arrays;

/** A version that appears again has the same bytes. */
public final class DuplicatesAreIdentical implements Invariant {

    /** An invariant of one run. */
    public DuplicatesAreIdentical() {
    }

    @Override
    public void committed(Chronicle seen, CanonicalOperation operation, byte[] value) {
        byte[] first = seen.value(operation.workspace(), operation.version());
        if (first != null && !Arrays.equals(first, value)) {
            throw new InvariantBroken(name(), "version " + operation.version() + " of workspace "
                + operation.workspace() + " appeared again as " + operation + " (expected: "
                + seen.operation(operation.workspace(), operation.version()) + ")");
        }
    }
}
