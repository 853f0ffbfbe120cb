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
     * An author was told that its operation is refused.
     *
     * @param workspace the workspace
     * @param code      why
     */
    void rejected(String workspace, RejectionCode code);
}
