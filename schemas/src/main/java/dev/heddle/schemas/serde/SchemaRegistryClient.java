package dev.heddle.schemas.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.schemas.runtime.SystemClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A client of a schema registry that speaks Confluent's REST interface. What the registry once said of an id never
 * changes, so it is kept; every wait and every cache is bounded. Any thread; share one per process.
 */
public final class SchemaRegistryClient {

    private final AvroSerdeConfig config;
    private final RegistryHttp http;
    private final WaitingClock clock;
    private final long unknownNanos;
    private final BoundedCache<Integer, Schema> schemas;
    private final BoundedCache<Integer, Long> unknownUntil;
    private final BoundedCache<SubjectSchema, Integer> ids;

    private record SubjectSchema(String subject, Schema schema) {
    }

    SchemaRegistryClient(AvroSerdeConfig config, WaitingClock clock) {
        this.config = config;
        this.http = new RegistryHttp(config, clock);
        this.clock = clock;
        this.unknownNanos = TimeUnit.MILLISECONDS.toNanos(config.getInt(AvroSerdeConfig.UNKNOWN_CACHE_MS));
        int max = config.getInt(AvroSerdeConfig.SCHEMAS_CACHE_MAX);
        this.schemas = new BoundedCache<>(max);
        this.unknownUntil = new BoundedCache<>(max);
        this.ids = new BoundedCache<>(max);
    }

    /**
     * {@return a client; nothing is asked of the registry yet}
     *
     * @param settings settings by name, those of {@link AvroSerdeConfig} among any others
     * @throws org.apache.kafka.common.config.ConfigException where one is missing or not allowed
     */
    public static SchemaRegistryClient create(Map<String, ?> settings) {
        return new SchemaRegistryClient(AvroSerdeConfig.of(settings), new SystemClock());
    }

    /** {@return the settings this client was made with} */
    public AvroSerdeConfig config() {
        return config;
    }

    /**
     * {@return the id of a schema in a subject, registering it where it is not there yet}
     *
     * @param subject the subject
     * @param schema  the schema
     * @throws AvroSerdeException where the registry refuses it or does not answer
     */
    public int register(String subject, Schema schema) {
        return id(subject, schema, "/versions");
    }

    /**
     * {@return the id of a schema in a subject, where it is registered}
     *
     * @param subject the subject
     * @param schema  the schema
     * @throws AvroSerdeException where it is not there, or the registry does not answer
     */
    public int lookUp(String subject, Schema schema) {
        return id(subject, schema, "");
    }

    private int id(String subject, Schema schema, String pathEnd) {
        Objects.requireNonNull(schema, "schema");
        SubjectSchema key = new SubjectSchema(subject, schema);
        Integer known = ids.get(key);
        if (known != null) {
            return known;
        }
        ObjectNode body = http.json().createObjectNode().put("schema", PortableSchemas.of(schema).toString());
        JsonNode id = http.call("POST", "/subjects/" + encoded(subject) + pathEnd, body).path("id");
        if (!id.canConvertToInt() || !id.isIntegralNumber()) {
            throw new RegistryUnavailableException(
                "schema registry: answer without an id for subject " + subject, null);
        }
        ids.put(key, id.intValue());
        return id.intValue();
    }

    /**
     * {@return the schema of an id}
     *
     * @param id the id, as it stands in front of a record
     * @throws SchemaNotFoundException      where the registry has none of that id
     * @throws SchemaRefusedException       where it is not an Avro schema that stands by itself
     * @throws RegistryUnavailableException where the registry does not answer
     */
    public Schema schema(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        Long until = unknownUntil.get(id);
        if (until != null && until - clock.nanoTime() > 0) {
            throw new SchemaNotFoundException("schema id: " + Integer.toUnsignedString(id)
                + " (expected: an id the registry knows)", null);
        }
        JsonNode answer;
        try {
            answer = http.call("GET", "/schemas/ids/" + Integer.toUnsignedString(id), null);
        } catch (SchemaNotFoundException unknown) {
            unknownUntil.put(id, clock.nanoTime() + unknownNanos);
            throw new SchemaNotFoundException("schema id: " + Integer.toUnsignedString(id)
                + " (expected: an id the registry knows)", unknown);
        }
        Schema schema = parsed(id, answer);
        schemas.put(id, schema);
        unknownUntil.remove(id);
        return schema;
    }

    private static Schema parsed(int id, JsonNode answer) {
        String type = answer.path("schemaType").asText("AVRO");
        if (!"AVRO".equals(type)) {
            throw new SchemaRefusedException("schema id " + id + ": type " + type + " (expected: AVRO)", null);
        }
        if (!answer.path("references").isEmpty()) {
            throw new SchemaRefusedException("schema id " + id + ": refers to other subjects (expected: one schema "
                + "that holds all its records, as Heddle and Confluent's clients register them)", null);
        }
        try {
            return new Schema.Parser().parse(answer.path("schema").asText());
        } catch (AvroRuntimeException | StackOverflowError notASchema) {
            throw new SchemaRefusedException("schema id " + id + ": not an Avro schema: " + notASchema.getMessage(),
                notASchema);
        }
    }

    /**
     * Sees to it that a subject has a compatibility rule.
     *
     * @param subject the subject, which exists
     * @param level   Confluent's name of the rule, such as {@code FULL_TRANSITIVE}
     * @throws AvroSerdeException where the registry refuses or does not answer
     */
    public void ensureCompatibility(String subject, String level) {
        String path = "/config/" + encoded(subject);
        if (level.equals(compatibility(path))) {
            return;
        }
        try {
            http.call("PUT", path, http.json().createObjectNode().put("compatibility", level));
        } catch (SchemaRefusedException refused) {
            // Apicurio refuses the second of two who set it at once; what counts is that it is set.
            if (!level.equals(compatibility(path))) {
                throw refused;
            }
        }
    }

    private String compatibility(String path) {
        try {
            JsonNode answer = http.call("GET", path, null);
            return answer.path("compatibilityLevel").asText(answer.path("compatibility").asText(""));
        } catch (SchemaNotFoundException noneSet) {
            return "";
        }
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
