package dev.heddle.schemas.serde;

/** The registry answered that it does not take a schema, or holds one that cannot be used; an operator has to look. */
public final class SchemaRefusedException extends AvroSerdeException {

    private static final long serialVersionUID = 1L;

    /**
     * An error with what led to it.
     *
     * @param message names the thing, the value and the rule
     * @param cause   what led to it, or null
     */
    public SchemaRefusedException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean retriable() {
        return false;
    }
}
