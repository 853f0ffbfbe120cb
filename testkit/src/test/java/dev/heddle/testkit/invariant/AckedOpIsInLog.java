package dev.heddle.testkit.invariant;

import dev.heddle.engine.workspace.CanonicalOperation;

/** What a writer was told is committed stands in the canonical log, as it was told, from that moment on. */
public final class AckedOpIsInLog implements Invariant {

    /** An invariant of one run. */
    public AckedOpIsInLog() {
    }

    @Override
    public void acknowledged(Chronicle seen, Acknowledgement ack) {
        CanonicalOperation operation = seen.operation(ack.workspace(), ack.version());
        if (operation == null || operation.seq() != ack.seq() || !operation.session().equals(ack.session())) {
            throw new InvariantBroken(name(), ack + " was acknowledged, but the log has "
                + (operation == null ? "no such version" : operation));
        }
    }
}
