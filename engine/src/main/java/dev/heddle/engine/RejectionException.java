package dev.heddle.engine;

import java.util.Objects;

/**
 * Input breaks a rule; carries the permanent code and a sentence that names the thing, the value and the rule.
 *
 * <p>It is an answer, not a fault: it has no stack trace, and nothing was changed when it is thrown.
 */
public final class RejectionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RejectionCode code;

    /**
     * A rejection.
     *
     * @param code    the permanent code, never null
     * @param message names the thing, the value and the rule, never null
     */
    public RejectionException(RejectionCode code, String message) {
        super(Objects.requireNonNull(message, "message"), null, false, false);
        this.code = Objects.requireNonNull(code, "code");
    }

    /** {@return the permanent code} */
    public RejectionCode code() {
        return code;
    }
}
