package dev.heddle.snapshotter.read;

import dev.heddle.engine.RejectionCode;
import dev.heddle.schemas.error.EdgeError;
import dev.heddle.schemas.error.ErrorCatalogue;
import dev.heddle.schemas.error.ErrorEntry;

/** A read that is answered by a problem: an entry of the error catalogue and a sentence. */
public final class ReadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorEntry entry;

    private ReadException(ErrorEntry entry, String message) {
        super(message, null, false, false);
        this.entry = entry;
    }

    /**
     * {@return a problem}
     *
     * @param code    its code, which has an HTTP status
     * @param message names the thing, the value and the rule
     */
    static ReadException of(RejectionCode code, String message) {
        return new ReadException(ErrorCatalogue.of(code), message);
    }

    /**
     * {@return a problem of the edge}
     *
     * @param error   which one
     * @param message names the thing, the value and the rule
     */
    static ReadException of(EdgeError error, String message) {
        return new ReadException(ErrorCatalogue.of(error), message);
    }

    /**
     * {@return a problem of a parameter}
     *
     * @param message names the parameter, its value and the rule
     */
    static ReadException badRequest(String message) {
        return of(RejectionCode.BAD_REQUEST, message);
    }

    /**
     * {@return a problem that may be gone soon}
     *
     * @param message says what did not answer
     */
    static ReadException unavailable(String message) {
        return of(RejectionCode.UNAVAILABLE, message);
    }

    /** {@return the entry of the catalogue, with status and code} */
    public ErrorEntry entry() {
        return entry;
    }
}
