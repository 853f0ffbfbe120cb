package dev.heddle.gateway.access;

import dev.heddle.engine.RejectionCode;
import dev.heddle.schemas.error.EdgeError;
import dev.heddle.schemas.error.ErrorCatalogue;
import dev.heddle.schemas.error.ErrorEntry;

/** A client is not let in, or not let go on. */
public final class AccessException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorEntry entry;

    private AccessException(ErrorEntry entry, String message) {
        super(message, null, false, false);
        this.entry = entry;
    }

    /**
     * {@return the refusal of a token that is missing or not to be trusted}
     *
     * @param message names the thing, the value and the rule; never the token
     */
    static AccessException unauthenticated(String message) {
        return new AccessException(ErrorCatalogue.of(EdgeError.UNAUTHENTICATED), message);
    }

    /**
     * {@return the refusal of a token that was good once}
     *
     * @param message names the thing, the value and the rule; never the token
     */
    static AccessException ended(String message) {
        return new AccessException(ErrorCatalogue.of(EdgeError.TOKEN_ENDED), message);
    }

    /**
     * {@return the refusal of something the token does not allow}
     *
     * @param message names the thing, the value and the rule
     */
    static AccessException forbidden(String message) {
        return new AccessException(ErrorCatalogue.of(RejectionCode.FORBIDDEN), message);
    }

    /** {@return what the catalogue says of it} */
    public ErrorEntry entry() {
        return entry;
    }
}
