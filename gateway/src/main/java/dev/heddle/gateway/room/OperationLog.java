package dev.heddle.gateway.room;

import dev.heddle.engine.workspace.Submission;
import dev.heddle.gateway.protocol.PresenceState;
import java.util.concurrent.CompletionStage;

/** Where operations and presence are written. Thread-safe, never blocks the caller. */
public interface OperationLog {

    /**
     * Appends one operation to a workspace's raw log. Operations of one workspace are appended in the order of calls.
     *
     * @param workspace   the workspace
     * @param submission  the operation; its offset and time are the log's to give and are ignored
     * @param traceparent the author's W3C trace context, or null where none was sent
     * @return done once the log has it for good; exceptionally where that is not known in time: then it may still
     *     be there
     */
    CompletionStage<Void> append(String workspace, Submission submission, String traceparent);

    /**
     * Tells other gateways where a session is; may be lost.
     *
     * @param workspace the workspace
     * @param state     the session's state
     */
    void publish(String workspace, PresenceState state);

    /**
     * {@return the canonical offset below which this gateway's feed has passed everything on, for a workspace's shard}
     *
     * @param workspace the workspace
     */
    long feedOffset(String workspace);
}
