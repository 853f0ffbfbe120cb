package dev.heddle.schemas.serde;

/** The registry answered that it holds no such schema or subject. */
public final class SchemaNotFoundException extends AvroSerdeException {

    private static final long serialVersionUID = 1L;

    /**
     * An error with what led to it.
     *
     * @param message names the thing, the value and the rule
     * @param cause   what led to it, or null
     */
    public SchemaNotFoundException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean retriable() {
        return false;
    }
}
