package dev.heddle.engine.workspace;

import dev.heddle.engine.text.Skeleton;
import java.util.Objects;

/**
 * What the sequencer made of one submission. Deciding changes nothing; {@link WorkspaceState#replay(Decision)} does.
 */
public sealed interface Decision {

    /** {@return offset in the raw log of the submission that was decided} */
    long sourceOffset();

    /** The operation takes the next version.
     *
     * @param operation   the complete canonical record
     * @param fingerprint 64-bit fingerprint of the submitted payload, by which a repeat is told from a reuse
     * @param written     lengths of the edit as its author wrote it, where bringing it to the head changed them; null
     *                    otherwise. What a later operation that stands on this one is brought over; must be stored
     *                    with the decision ({@link Skeleton#toBytes()})
     */
    record Accepted(CanonicalOperation operation, long fingerprint, Skeleton written) implements Decision {
        /** Checks that the operation is there. */
        public Accepted {
            Objects.requireNonNull(operation, "operation");
        }

        @Override
        public long sourceOffset() {
            return operation.sourceOffset();
        }
    }

    /** The operation is refused.
     *
     * @param rejection   the complete answer
     * @param consumesSeq whether the session's next number was used up by it, so that a repeat gets the same answer
     * @param fingerprint 64-bit fingerprint of the submitted payload, by which a repeat is told from a reuse
     */
    record Rejected(RejectedOperation rejection, boolean consumesSeq, long fingerprint) implements Decision {
        /** Checks that the rejection is there. */
        public Rejected {
            Objects.requireNonNull(rejection, "rejection");
        }

        @Override
        public long sourceOffset() {
            return rejection.sourceOffset();
        }
    }

    /** The operation was answered before: its first answer is sent again.
     *
     * @param sourceOffset         offset of the repeated submission
     * @param originalSourceOffset offset of the submission that was answered first
     */
    record Repeated(long sourceOffset, long originalSourceOffset) implements Decision {
    }
}
