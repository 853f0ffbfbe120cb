package dev.heddle.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/** A record could not be read or written. {@link #retriable()} is the one difference that callers need. */
public abstract sealed class AvroSerdeException extends SerializationException
    permits MalformedRecordException, SchemaNotFoundException, SchemaRefusedException, RegistryUnavailableException {

    private static final long serialVersionUID = 1L;

    AvroSerdeException(String message, Throwable cause) {
        super(message, cause);
    }

    /** {@return whether the same call can succeed later with the same record} */
    public abstract boolean retriable();
}
