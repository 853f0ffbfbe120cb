package dev.heddle.schemas.serde;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Tells records whose bytes are laid out as a schema of today has them from those written with another version of it:
 * the former can be read and compared field by field, without resolving one schema against the other. Any thread.
 */
public final class RecordLayout {

    /** Bytes of a record before its fields: a zero and the schema's id. */
    public static final int PREFIX_BYTES = AvroSerializer.PREFIX_BYTES;

    private final SchemaRegistryClient registry;
    private final Schema today;
    private final long fingerprint;
    private volatile Known last = new Known(0, false, false);

    private record Known(int id, boolean looked, boolean today) {
    }

    /**
     * The layout of a record's schema.
     *
     * @param registry knows the schemas of ids
     * @param today    the schema of the record's generated class
     */
    public RecordLayout(SchemaRegistryClient registry, Schema today) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.today = today;
        this.fingerprint = SchemaNormalization.parsingFingerprint64(today);
    }

    /**
     * {@return whether a record was written with the layout of today; false too where its schema is not known or is
     * none that can be used}
     *
     * @param value the record's bytes, or null
     * @throws RegistryUnavailableException where the registry is needed and does not answer
     */
    public boolean isOf(byte[] value) {
        if (value == null || value.length < AvroSerializer.PREFIX_BYTES || value[0] != AvroSerializer.MAGIC) {
            return false;
        }
        int id = ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
        Known known = last;
        if (!known.looked() || known.id() != id) {
            known = new Known(id, true, look(id));
            last = known;
        }
        return known.today();
    }

    private boolean look(int id) {
        try {
            Schema written = registry.schema(id);
            return written.getType() == Schema.Type.RECORD && written.getFullName().equals(today.getFullName())
                && SchemaNormalization.parsingFingerprint64(written) == fingerprint;
        } catch (SchemaNotFoundException | SchemaRefusedException unusable) {
            return false;
        }
    }
}
