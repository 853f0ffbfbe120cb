package dev.heddle.schemas.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;

/**
 * Schemas as they are published: without the hints for Java's code generator, so that a client in any language that
 * registers the files of {@code src/main/avro} gets the same id.
 */
final class PortableSchemas {

    private static final String JAVA_STRING = "avro.java.string";
    private static final ObjectMapper JSON = new ObjectMapper();

    private PortableSchemas() {
    }

    /**
     * {@return the schema without Java's hints; everything it says of the bytes and all documentation is kept}
     *
     * @param schema any schema
     */
    static Schema of(Schema schema) {
        String text = schema.toString();
        if (!text.contains(JAVA_STRING)) {
            return schema;
        }
        try {
            JsonNode node = JSON.readTree(text);
            strip(node);
            return new Schema.Parser().parse(JSON.writeValueAsString(node));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("schema " + schema.getFullName() + " is not JSON", impossible);
        }
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(JAVA_STRING);
        }
        node.forEach(PortableSchemas::strip);
    }
}
