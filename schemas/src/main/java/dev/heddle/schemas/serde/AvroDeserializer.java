package dev.heddle.schemas.serde;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads records in Confluent's wire format, whichever version of the schema they were written with. No input makes it
 * allocate more than a small multiple of its own size, and every failure is an {@link AvroSerdeException}. Made by
 * class name it has a registry client of its own. Any thread, once configured.
 *
 * @param <T> the record
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {

    private static final Map<String, Schema> KNOWN = SchemaRegistration.records().stream()
        .collect(Collectors.toMap(Schema::getFullName, Function.identity()));

    private SchemaRegistryClient registry;
    private BoundedCache<Integer, Reader<T>> readers;
    private volatile Reader<T> last;
    /** The schema to read into; null where it follows from what was written. */
    private Schema expected;

    /** The way from what one id says to the record. */
    private record Reader<T>(int id, SpecificDatumReader<T> reader, Schema schema) {
    }

    /** For Kafka's clients, which make it by class name and then configure it. */
    public AvroDeserializer() {
        // Nothing to do before configure().
    }

    /**
     * A deserializer with a shared registry client, ready to use.
     *
     * @param registry the client
     * @param expected the schema of the record's generated class, or null for whichever of Heddle's was written
     */
    public AvroDeserializer(SchemaRegistryClient registry, Schema expected) {
        use(Objects.requireNonNull(registry, "registry"), expected);
    }

    /**
     * Takes its settings where it was made by class name; one made with a client keeps client and record.
     *
     * @param settings settings by name, those of {@link AvroSerdeConfig} among any others
     * @param isKey    whether it reads keys; they are read like values
     * @throws ConfigException where {@code specific.avro.value.type} is none of Heddle's records
     */
    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        if (registry == null) {
            SchemaRegistryClient client = SchemaRegistryClient.create(settings);
            use(client, known(client.config().getString(AvroSerdeConfig.SPECIFIC_AVRO_VALUE_TYPE)));
        }
    }

    private static Schema known(String name) {
        if (name != null && !KNOWN.containsKey(name)) {
            throw new ConfigException(AvroSerdeConfig.SPECIFIC_AVRO_VALUE_TYPE, name,
                "expected: one of " + KNOWN.keySet().stream().sorted().toList());
        }
        return name == null ? null : KNOWN.get(name);
    }

    private void use(SchemaRegistryClient client, Schema schema) {
        this.registry = client;
        this.expected = schema;
        this.readers = new BoundedCache<>(client.config().getInt(AvroSerdeConfig.SCHEMAS_CACHE_MAX));
    }

    /**
     * {@return the record, or null for null}
     *
     * @param topic the topic it was read from, for the error
     * @param bytes the record's bytes, or null for a tombstone
     * @throws MalformedRecordException     where they are not the record expected
     * @throws SchemaNotFoundException      where the registry does not know the id
     * @throws SchemaRefusedException       where the registry's schema of that id cannot be used
     * @throws RegistryUnavailableException where the registry is needed and does not answer
     */
    @Override
    public T deserialize(String topic, byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        if (bytes.length < AvroSerializer.PREFIX_BYTES || bytes[0] != AvroSerializer.MAGIC) {
            throw malformed(topic, bytes, bytes.length == 0 ? "empty" : "begins with byte " + bytes[0], null);
        }
        Reader<T> reader = reader(topic, bytes);
        BoundedDecoder decoder = new BoundedDecoder(bytes, AvroSerializer.PREFIX_BYTES);
        T record;
        try {
            record = reader.reader().read(null, decoder);
        } catch (IOException | RuntimeException | StackOverflowError broken) {
            throw malformed(topic, bytes,
                "not a " + reader.schema().getFullName() + ": " + broken.getMessage(), broken);
        }
        if (decoder.remaining() > 0) {
            throw malformed(topic, bytes, decoder.remaining() + " bytes after the end of the record", null);
        }
        return record;
    }

    private Reader<T> reader(String topic, byte[] bytes) {
        if (registry == null) {
            throw new RegistryUnavailableException("deserializer: not configured (expected: configure() first)", null);
        }
        int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
        Reader<T> known = last;
        if (known != null && known.id() == id) {
            return known;
        }
        known = readers.get(id);
        if (known == null) {
            known = prepare(topic, bytes, id);
            readers.put(id, known);
        }
        last = known;
        return known;
    }

    private Reader<T> prepare(String topic, byte[] bytes, int id) {
        Schema written = registry.schema(id);
        Schema wanted = expected != null ? expected : KNOWN.get(fullName(written));
        if (wanted == null || !fullName(written).equals(wanted.getFullName())) {
            throw malformed(topic, bytes, "schema id " + id + " is of " + fullName(written) + ", not of "
                + (wanted == null ? "a record known here" : wanted.getFullName()), null);
        }
        SpecificData data = SpecificData.getForSchema(wanted);
        return new Reader<>(id, new SpecificDatumReader<>(written, wanted, data), wanted);
    }

    private static String fullName(Schema schema) {
        return schema.getType() == Schema.Type.RECORD ? schema.getFullName() : schema.getType().getName();
    }

    private static MalformedRecordException malformed(String topic, byte[] bytes, String what, Throwable cause) {
        return new MalformedRecordException("record of " + bytes.length + " bytes in topic " + topic + ": " + what
            + " (expected: byte 0, schema id, Avro)", cause);
    }
}
