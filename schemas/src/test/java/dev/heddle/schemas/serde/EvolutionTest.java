package dev.heddle.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.ClientOp;
import dev.heddle.Create;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Old and new programs over one topic: every version of a schema reads every other. */
class EvolutionTest {

    private static final String SESSION = "123e4567-e89b-12d3-a456-426614174000";

    private FakeRegistry registry;
    private HeddleSerdes serdes;
    private Schema newer;

    @BeforeEach
    void start() throws Exception {
        registry = new FakeRegistry();
        serdes = HeddleSerdes.of(SchemaRegistryClient.create(Map.of("schema.registry.url", registry.url())));
        newer = withField("{\"name\":\"device\",\"type\":[\"null\",\"string\"],\"default\":null}");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    /** The schema of ClientOp with one more field in front, so that positions alone cannot save a reader. */
    static Schema withField(String field) throws Exception {
        ObjectMapper json = new ObjectMapper();
        ObjectNode schema = (ObjectNode) json.readTree(PortableSchemas.of(ClientOp.getClassSchema()).toString());
        ((ArrayNode) schema.get("fields")).insert(0, json.readTree(field));
        return new Schema.Parser().parse(schema.toString());
    }

    private static ClientOp op() {
        return new ClientOp(SESSION, 3L, 2L, null, "ada", new Create("a.txt", "😀", null), null);
    }

    @Test
    void shouldReadWhatANewerProgramWroteWhenAFieldWasAdded() throws Exception {
        GenericRecord written = new GenericData.Record(newer);
        written.put("device", "phone");
        written.put("session", SESSION);
        written.put("seq", 3L);
        written.put("base", 2L);
        written.put("author", "ada");
        GenericRecord create = new GenericData.Record(newer.getField("op").schema().getTypes().get(2));
        create.put("path", "a.txt");
        create.put("text", "😀");
        written.put("op", create);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int id = registry.put("dev.heddle.ClientOp", newer);
        out.write(new byte[] {0, 0, 0, 0, (byte) id});
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(newer).write(written, encoder);
        assertThat(serdes.clientOp().deserializer().deserialize("t", out.toByteArray())).isEqualTo(op());
    }

    @Test
    void shouldBeReadByANewerProgramWhenAFieldWasAdded() throws Exception {
        byte[] bytes = serdes.clientOp().serializer().serialize("t", op());
        Schema writer = registry.schema(bytes[4]);
        var decoder = DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null);
        GenericRecord read = new GenericDatumReader<GenericRecord>(writer, newer).read(null, decoder);
        assertThat(read.get("device")).isNull();
        assertThat(read.get("session")).hasToString(SESSION);
        assertThat(((GenericRecord) read.get("op")).get("text")).hasToString("😀");
    }

    @Test
    void shouldBeAcceptedByTheRegistryWhenAFieldWithDefaultWasAdded() {
        SchemaRegistryClient client = SchemaRegistryClient.create(Map.of("schema.registry.url", registry.url()));
        SchemaRegistration.registerAll(client);
        assertThat(client.register("dev.heddle.ClientOp", newer)).isPositive();
    }

    @Test
    void shouldNotBeCompatibleWhenAFieldWithoutDefaultWasAdded() throws Exception {
        Schema careless = withField("{\"name\":\"device\",\"type\":\"string\"}");
        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(careless, ClientOp.getClassSchema()).getType())
            .isEqualTo(SchemaCompatibility.SchemaCompatibilityType.INCOMPATIBLE);
    }

    /** The committed first versions; a file is added for each version that was ever released, and never changed. */
    @Test
    void shouldReadAndBeReadByEveryVersionEverReleased() throws Exception {
        Path released = Path.of(EvolutionTest.class.getResource("/released-schemas").toURI());
        List<Path> files;
        try (Stream<Path> found = Files.walk(released)) {
            files = found.filter(file -> file.toString().endsWith(".avsc")).toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(SchemaRegistration.records().size());
        for (Path file : files) {
            Schema old = new Schema.Parser().parse(Files.readString(file));
            Schema now = SchemaRegistration.records().stream()
                .filter(schema -> schema.getFullName().equals(old.getFullName())).findFirst().orElseThrow();
            for (List<Schema> pair : List.of(List.of(old, now), List.of(now, old))) {
                assertThat(SchemaCompatibility.checkReaderWriterCompatibility(pair.get(0), pair.get(1)).getResult()
                    .getIncompatibilities()).as("%s against the schema of today", file).isEmpty();
            }
        }
    }

    @Test
    void shouldDocumentEveryRecordAndField() {
        SchemaRegistration.records().forEach(schema -> assertDocumented(schema, schema.getFullName()));
    }

    private static void assertDocumented(Schema schema, String where) {
        switch (schema.getType()) {
            case RECORD -> {
                assertThat(schema.getDoc()).as(where).isNotBlank();
                for (Schema.Field field : schema.getFields()) {
                    assertThat(field.doc()).as("%s.%s", where, field.name()).endsWith(".");
                    assertDocumented(field.schema(), where + "." + field.name());
                }
            }
            case ENUM -> {
                for (String symbol : schema.getEnumSymbols()) {
                    assertThat(schema.getDoc()).as(where).contains("`" + symbol + "`");
                }
                assertThat(schema.getEnumDefault()).as(where).isNotNull();
            }
            case ARRAY -> assertDocumented(schema.getElementType(), where);
            case MAP -> assertDocumented(schema.getValueType(), where);
            case UNION -> schema.getTypes().forEach(type -> assertDocumented(type, where));
            default -> {
            }
        }
    }
}
