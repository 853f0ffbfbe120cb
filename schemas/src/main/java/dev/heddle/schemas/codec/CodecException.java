package dev.heddle.schemas.codec;

import dev.heddle.engine.RejectionCode;
import java.util.Objects;

/** A message is not of the form its contract demands; the message names the field, the value and the rule. */
public final class CodecException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RejectionCode code;

    /**
     * An error for whoever wrote the message.
     *
     * @param code    the permanent code
     * @param message names the field, the value and the rule
     */
    public CodecException(RejectionCode code, String message) {
        super(message);
        this.code = Objects.requireNonNull(code, "code");
    }

    /** {@return the permanent code} */
    public RejectionCode code() {
        return code;
    }
}
