package dev.heddle.cli.verify;

/** A record whose bytes are not what its topic holds. */
public final class UnreadableRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * An unreadable record.
     *
     * @param message says what is wrong with it
     */
    public UnreadableRecordException(String message) {
        super(message);
    }
}
