package dev.heddle.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes records in Confluent's wire format; the same record is always the same bytes. Made by class name it has a
 * registry client of its own. Any thread, once configured.
 *
 * @param <T> the record
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {

    /** The zero byte in front of every record. */
    static final byte MAGIC = 0;
    /** Bytes in front of the Avro binary: the zero byte and the id. */
    static final int PREFIX_BYTES = 1 + Integer.BYTES;

    private SchemaRegistryClient registry;
    private SubjectNameStrategy strategy;
    private boolean register;
    private boolean isKey;
    private volatile Prepared<T> last;

    /** What is needed to write records of one schema to one subject. */
    private record Prepared<T>(String subject, Schema schema, int id, HeddleDatumWriter<T> writer) {
    }

    /** For Kafka's clients, which make it by class name and then configure it. */
    public AvroSerializer() {
        // Nothing to do before configure().
    }

    /**
     * A serializer of values with a shared registry client, ready to use.
     *
     * @param registry the client
     */
    public AvroSerializer(SchemaRegistryClient registry) {
        use(Objects.requireNonNull(registry, "registry"), false);
    }

    /**
     * Takes its settings where it was made by class name; one made with a client keeps that client.
     *
     * @param settings settings by name, those of {@link AvroSerdeConfig} among any others
     * @param isKey    whether it writes keys
     */
    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        use(registry == null ? SchemaRegistryClient.create(settings) : registry, isKey);
    }

    private void use(SchemaRegistryClient client, boolean forKeys) {
        this.registry = client;
        this.isKey = forKeys;
        this.strategy = client.config().strategy(forKeys);
        this.register = client.config().getBoolean(AvroSerdeConfig.AUTO_REGISTER_SCHEMAS);
    }

    /**
     * {@return the record's bytes, or null for null}
     *
     * @param topic  the topic it goes to
     * @param record the record, or null for a tombstone
     * @throws AvroSerdeException where it cannot be written, or the registry is needed and does not answer
     */
    @Override
    public byte[] serialize(String topic, T record) {
        if (record == null) {
            return null;
        }
        Prepared<T> prepared = prepared(topic, record);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(MAGIC);
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.write(prepared.id() >>> shift);
        }
        try {
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            prepared.writer().write(record, encoder);
            encoder.flush();
        } catch (IOException | RuntimeException unwritable) {
            throw new MalformedRecordException("record " + prepared.schema().getFullName() + " for topic " + topic
                + ": " + unwritable.getMessage(), unwritable);
        }
        return out.toByteArray();
    }

    private Prepared<T> prepared(String topic, T record) {
        if (registry == null) {
            throw new RegistryUnavailableException("serializer: not configured (expected: configure() first)", null);
        }
        Schema schema = record.getSchema();
        Prepared<T> known = last;
        String subject = strategy.subject(topic, isKey, schema);
        if (known != null && known.schema() == schema && known.subject().equals(subject)) {
            return known;
        }
        int id = register ? registry.register(subject, schema) : registry.lookUp(subject, schema);
        SpecificData data = record instanceof SpecificRecordBase base ? base.getSpecificData() : SpecificData.get();
        Prepared<T> prepared = new Prepared<>(subject, schema, id, new HeddleDatumWriter<>(schema, data));
        last = prepared;
        return prepared;
    }
}
