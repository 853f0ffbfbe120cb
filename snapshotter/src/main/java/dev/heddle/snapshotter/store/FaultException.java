package dev.heddle.snapshotter.store;

/** The log of a workspace does not fit together, and what was asked for lies beyond the fault. */
public final class FaultException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A fault met by a read.
     *
     * @param message names the workspace and the fault
     */
    public FaultException(String message) {
        super(message);
    }
}
