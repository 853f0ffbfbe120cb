package dev.heddle.gateway.protocol;

import dev.heddle.engine.RejectionCode;
import dev.heddle.schemas.error.EdgeError;
import dev.heddle.schemas.error.ErrorCatalogue;

/** Why a socket was closed by the server: 4400 to 4499 means do not retry, 4500 to 4599 means connect again. */
public final class CloseCode {

    /** A newer socket said hello with the same session. */
    public static final int SUPERSEDED = of(EdgeError.SESSION_SUPERSEDED);

    /** No hello came in time. */
    public static final int HELLO_TIMEOUT = of(EdgeError.HELLO_TIMEOUT);

    /** No frame of any kind came for too long. */
    public static final int HEARTBEAT_LOST = of(EdgeError.HEARTBEAT_LOST);

    /** The client reads more slowly than its queue allows; it resumes by version. */
    public static final int SLOW_CONSUMER = of(EdgeError.SLOW_CONSUMER);

    /** The gateway is shutting down; another one, or the same one later, takes the client up again. */
    public static final int DRAINING = of(EdgeError.SHUTTING_DOWN);

    private CloseCode() {
    }

    /**
     * {@return the close code that belongs to a rejection code}
     *
     * @param code the permanent code
     */
    public static int of(RejectionCode code) {
        return ErrorCatalogue.of(code).closeCode();
    }

    /**
     * {@return the close code that belongs to an error of the edge}
     *
     * @param error the error
     */
    public static int of(EdgeError error) {
        return ErrorCatalogue.of(error).closeCode();
    }
}
