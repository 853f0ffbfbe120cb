package dev.heddle.schemas.serde;

/**
 * The bytes are not Avro in Confluent's wire format, or not of the record expected; or a record cannot be written as
 * Avro.
 */
public final class MalformedRecordException extends AvroSerdeException {

    private static final long serialVersionUID = 1L;

    /**
     * An error with what led to it.
     *
     * @param message names the thing, the value and the rule
     * @param cause   what led to it, or null
     */
    public MalformedRecordException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean retriable() {
        return false;
    }
}
