package dev.heddle.gateway.room;

import dev.heddle.engine.RejectionCode;

/** A read that could not be answered, with the permanent code to tell the client. */
public final class ReadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RejectionCode code;

    /**
     * A failed read.
     *
     * @param code    the permanent code
     * @param message names the thing, the value and the rule
     */
    public ReadException(RejectionCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** {@return the permanent code} */
    public RejectionCode code() {
        return code;
    }

    /**
     * {@return a failure as one of these, unwrapped where a stage wrapped it}
     *
     * @param failure whatever a stage ended with
     */
    public static ReadException of(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof ReadException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof ReadException known ? known
            : new ReadException(RejectionCode.UNAVAILABLE, "reading failed: " + cause.getMessage());
    }
}
