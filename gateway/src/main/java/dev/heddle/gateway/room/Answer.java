package dev.heddle.gateway.room;

import dev.heddle.engine.workspace.RejectedOperation;

/** How a submitted operation ended, for a writer that waits for it. */
public sealed interface Answer {

    /** It was committed.
     *
     * @param operation the committed operation
     */
    record Committed(LiveOperation operation) implements Answer {
    }

    /** It was refused by the sequencer.
     *
     * @param rejection the complete answer
     */
    record Refused(RejectedOperation rejection) implements Answer {
    }

    /** Nobody knows in time: it may still be committed, and sending it again with the same number is safe.
     *
     * @param message what happened
     */
    record Unknown(String message) implements Answer {
    }
}
