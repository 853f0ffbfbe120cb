package dev.heddle.gateway.room;

import dev.heddle.engine.RejectionCode;

/** What happens in rooms, for measuring; called on their loops, so it must be quick. */
public interface RoomEvents {

    /** Nobody is interested. */
    RoomEvents NONE = new RoomEvents() {
        @Override
        public void submitted(String workspace) {
            // Not measured.
        }

        @Override
        public void advanced(String workspace, LiveOperation operation) {
            // Not measured.
        }

        @Override
        public void rejected(String workspace, RejectionCode code) {
            // Not measured.
        }
    };

    /**
     * An operation was handed to the log.
     *
     * @param workspace its workspace
     */
    void submitted(String workspace);

    /**
     * A workspace advanced by one version.
     *
     * @param workspace the workspace
     * @param operation the new operation
     */
    void advanced(String workspace, LiveOperation operation);

    /**
     * A new operation was handed to a socket's transport; on the socket's loop.
     *
     * @param workspace    its workspace
     * @param appendedAtMs when it was appended to the raw log, milliseconds since 1970 UTC
     */
    default void delivered(String workspace, long appendedAtMs) {
        // Not measured by default.
    }

    /**
     * An author was told that its operation is refused.
     *
     * @param workspace the workspace
     * @param code      why
     */
    void rejected(String workspace, RejectionCode code);
}
