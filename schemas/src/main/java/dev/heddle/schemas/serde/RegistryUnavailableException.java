package dev.heddle.schemas.serde;

/** The registry did not give a usable answer in time; nothing is known about the record. */
public final class RegistryUnavailableException extends AvroSerdeException {

    private static final long serialVersionUID = 1L;

    /**
     * An error with what led to it.
     *
     * @param message names the thing, the value and the rule
     * @param cause   what led to it, or null
     */
    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean retriable() {
        return true;
    }
}
