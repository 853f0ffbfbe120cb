package dev.heddle.snapshotter.history;

/** The rebuilt history is not the one the canonical log knows, or cannot be rebuilt. */
public final class HistoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure to rebuild.
     *
     * @param message names the workspace, the version and the difference
     */
    public HistoryException(String message) {
        super(message);
    }
}
