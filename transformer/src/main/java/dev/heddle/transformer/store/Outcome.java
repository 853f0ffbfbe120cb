package dev.heddle.transformer.store;

import java.util.Objects;

/** What became of one input record; with it, what was answered can be answered again, byte by byte. */
public sealed interface Outcome {

    /**
     * It took a version.
     *
     * @param version     the version
     * @param fingerprint the engine's fingerprint of the submitted payload
     * @param written     the engine's note of what the author wrote, or null; not to be changed
     * @param canonical   the canonical record's value exactly as it was sent; not to be changed
     */
    record Committed(long version, long fingerprint, byte[] written, byte[] canonical) implements Outcome {
        /** Checks that the bytes are there. */
        public Committed {
            Objects.requireNonNull(canonical, "canonical");
        }
    }

    /**
     * It was refused.
     *
     * @param session     the session that was answered
     * @param consumesSeq whether the refusal used the session's next number up
     * @param fingerprint the engine's fingerprint of the submitted payload
     * @param rejection   the rejection record's value exactly as it was sent; not to be changed
     */
    record Refused(String session, boolean consumesSeq, long fingerprint, byte[] rejection) implements Outcome {
        /** Checks that all parts are there. */
        public Refused {
            Objects.requireNonNull(session, "session");
            Objects.requireNonNull(rejection, "rejection");
        }
    }

    /**
     * It repeats an earlier record, whose answer was sent again.
     *
     * @param originalOffset the earlier record's offset
     */
    record Repeated(long originalOffset) implements Outcome {
    }

    /**
     * It could not be read and went to the dead letters.
     *
     * @param reason why, in one sentence
     */
    record Unreadable(String reason) implements Outcome {
        /** Checks that the reason is there. */
        public Unreadable {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
