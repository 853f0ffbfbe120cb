package dev.heddle.gateway.protocol;

import dev.heddle.engine.RejectionCode;
import dev.heddle.schemas.error.EdgeError;

/** A client's message that cannot be understood; it carries the permanent code and a message that names the rule. */
public final class ProtocolException extends Exception {

    private static final long serialVersionUID = 1L;

    private final RejectionCode code;
    private final int closeCode;

    /**
     * A refusal of one message.
     *
     * @param code    the permanent code, never null
     * @param message names the thing, the value and the rule
     */
    public ProtocolException(RejectionCode code, String message) {
        this(code, CloseCode.of(code), message);
    }

    /**
     * A refusal of one message, with a close code that says more than its code.
     *
     * @param code    the permanent code, never null
     * @param closing tells the close code
     * @param message names the thing, the value and the rule
     */
    public ProtocolException(RejectionCode code, EdgeError closing, String message) {
        this(code, CloseCode.of(closing), message);
    }

    private ProtocolException(RejectionCode code, int closeCode, String message) {
        super(message, null, false, false);
        this.code = code;
        this.closeCode = closeCode;
    }

    /** {@return the permanent code} */
    public RejectionCode code() {
        return code;
    }

    /** {@return the code to close the socket with, if the message is a reason to close it} */
    public int closeCode() {
        return closeCode;
    }
}
