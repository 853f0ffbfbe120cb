package dev.heddle.testkit.invariant;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.engine.workspace.HashChain;

/** Every version carries the hash of the one before it, and its own follows from that and its content. */
public final class HashChainHolds implements Invariant {

    /** An invariant of one run. */
    public HashChainHolds() {
    }

    @Override
    public void committed(Chronicle seen, CanonicalOperation operation, byte[] value) {
        CanonicalOperation before = seen.operation(operation.workspace(), operation.version() - 1);
        Hash previous = operation.version() == 1 ? Hash.ZERO : before == null ? null : before.hash();
        if (previous != null && !previous.equals(operation.previousHash()) || !HashChain.verify(operation)) {
            throw new InvariantBroken(name(), "version " + operation.version() + " of workspace "
                + operation.workspace() + " does not continue the chain: " + operation);
        }
    }
}
