package dev.heddle.snapshotter.fold;

/** The canonical log of one workspace does not fit together: a gap, a wrong hash, or an operation out of range. */
public final class FoldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * An error in one workspace's log.
     *
     * @param message names the workspace, the version and the difference
     */
    public FoldException(String message) {
        super(message);
    }

    /**
     * An error in one workspace's log with what the engine said of it.
     *
     * @param message names the workspace, the version and the difference
     * @param cause   the engine's error
     */
    public FoldException(String message, Throwable cause) {
        super(message, cause);
    }
}
