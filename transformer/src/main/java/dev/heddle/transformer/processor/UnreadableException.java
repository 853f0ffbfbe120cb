package dev.heddle.transformer.processor;

/** A record that cannot be ordered; it goes to the dead letters with this message. It has no stack trace. */
public final class UnreadableException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * An unreadable record.
     *
     * @param reason names the thing, the value and the rule
     */
    public UnreadableException(String reason) {
        super(reason, null, false, false);
    }
}
