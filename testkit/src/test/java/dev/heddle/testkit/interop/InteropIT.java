package dev.heddle.testkit.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.ClientOp;
import dev.heddle.Edit;
import dev.heddle.Workspace;
import dev.heddle.engine.text.Change;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import dev.heddle.teststack.ClientOps;
import dev.heddle.teststack.TestStack;
import dev.heddle.teststack.TopicReader;
import dev.heddle.teststack.WireCodec;
import dev.heddle.testkit.system.LocalHeddle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs of {@code docs/guides} against the whole system: their bytes read by us, ours by them. */
class InteropIT {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final Map<String, Example> EXAMPLES = new HashMap<>();
    private static LocalHeddle heddle;

    @BeforeAll
    static void start() {
        heddle = LocalHeddle.shared();
    }

    private static Example example(String name) throws IOException, InterruptedException {
        if (!EXAMPLES.containsKey(name)) {
            EXAMPLES.put(name, Example.prepared(name, Map.of("HEDDLE_KAFKA", heddle.stack().bootstrapServers(),
                "HEDDLE_REGISTRY", heddle.stack().registryUrl())));
        }
        return EXAMPLES.get(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "node"})
    void shouldEditFollowAndRebuildWithoutTheGateway(String name) throws IOException, InterruptedException {
        Example example = example(name);
        String workspace = TestStack.workspace(name);
        String topic = heddle.rest().createWorkspace(workspace).at("/topics/ops").textValue();

        long created = version(example.output("create", workspace, "a.txt", "häl😀lo"));
        assertThat(created).isEqualTo(1);
        ourEdit(topic, created, 4, "!");
        heddle.rest().textAt(workspace, "a.txt", 2);
        long replaced = version(example.output("replace", workspace, "a.txt", "lo", "LO"));
        long inserted = version(example.output("insert", workspace, "a.txt", "4", "\"\\\n"));

        assertThat(heddle.rest().textAt(workspace, "a.txt", inserted)).isEqualTo("häl😀\"\\\n!LO");
        assertThat(example.output("show", workspace, "a.txt")).isEqualTo("häl😀\"\\\n!LO");
        assertThat(example.output("follow", workspace, String.valueOf(inserted)).lines().toList()).containsExactly(
            "1 " + name + " a.txt dev.heddle.Create", "2 ours a.txt dev.heddle.Edit",
            replaced + " " + name + " a.txt dev.heddle.Edit", inserted + " " + name + " a.txt dev.heddle.Edit");
        awaitSnapshot(workspace);
        assertThat(example.output("show", workspace, "a.txt")).isEqualTo("häl😀\"\\\n!LO");
        theirBytesAreOurs(topic, name);
    }

    /** An edit written with our own serde: one insert of the author "ours". */
    private static void ourEdit(String topic, long base, int at, String text) {
        Edit edit = ClientOps.edit("a.txt", List.of(new Change(at, 0, text)));
        ClientOp op = ClientOp.newBuilder(ClientOps.of(UUID.randomUUID().toString(), 1, base, edit))
            .setAuthor("ours").build();
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", heddle.stack().bootstrapServers()),
                new ByteArraySerializer(), HeddleSerdes.of(registry(heddle.stack())).clientOp().serializer())) {
            producer.send(new ProducerRecord<>(topic, op));
        }
    }

    private static SchemaRegistryClient registry(TestStack stack) {
        return SchemaRegistryClient.create(Map.of("schema.registry.url", stack.registryUrl()));
    }

    private static long version(String output) throws IOException {
        return MAPPER.readTree(output).get("version").longValue();
    }

    private static void awaitSnapshot(String workspace) {
        try (TopicReader reader = new TopicReader(heddle.stack().bootstrapServers(), "heddle.snapshots")) {
            reader.readUntil(records -> records.stream().anyMatch(taken ->
                new String(taken.key(), StandardCharsets.UTF_8).startsWith(workspace + "/")));
        }
    }

    /** Every record of the raw log, whoever wrote it: read by our serde and the test's own, with the id registered. */
    private static void theirBytesAreOurs(String topic, String name) {
        SchemaRegistryClient registry = registry(heddle.stack());
        int registered = registry.lookUp("dev.heddle.ClientOp", ClientOp.getClassSchema());
        WireCodec codec = new WireCodec(heddle.stack().registryUrl());
        try (TopicReader reader = new TopicReader(heddle.stack().bootstrapServers(), topic)) {
            List<ConsumerRecord<byte[], byte[]>> records = reader.readToEnd();
            assertThat(records).hasSize(4);
            for (ConsumerRecord<byte[], byte[]> taken : records) {
                Serde<ClientOp> serde = HeddleSerdes.of(registry).clientOp();
                ClientOp ours = serde.deserializer().deserialize(topic, taken.value());
                assertThat(ours).isEqualTo(codec.decode(taken.value(), ClientOp.class));
                assertThat(ours.getAuthor()).isIn(name, "ours");
                assertThat(ByteBuffer.wrap(taken.value(), 1, 4).getInt()).isEqualTo(registered);
                // Avro has one form for a value: where ours and theirs agree on the value they agree on the bytes.
                assertThat(serde.serializer().serialize(topic, ours)).isEqualTo(taken.value());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "node"})
    void shouldSayWhyAnOperationWasRefused(String name) throws IOException, InterruptedException {
        Example example = example(name);
        String workspace = TestStack.workspace("refused");
        heddle.rest().createWorkspace(workspace);
        heddle.rest().put(workspace, "a.txt", "text");
        Example.Run run = example.run("replace", workspace, "a.txt", "nowhere", "x");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("ANCHOR_NOT_FOUND");
    }

    /** They write with a newer schema than ours and we read it; and the reverse. */
    @Test
    void shouldUnderstandEachOtherWhenASchemaGainedAField() throws IOException, InterruptedException {
        try (LocalHeddle own = LocalHeddle.start()) {
            int id = registered(own.stack(), evolved(ClientOp.getClassSchema()));
            for (String name : List.of("java", "node")) {
                if (name.equals("java") || NodeProject.possible()) {
                    understandEachOther(own, name, id);
                }
            }
        }
    }

    private static void understandEachOther(LocalHeddle own, String name, int id)
            throws IOException, InterruptedException {
        Example example = Example.prepared(name, Map.of("HEDDLE_KAFKA", own.stack().bootstrapServers(),
            "HEDDLE_REGISTRY", own.stack().registryUrl()));
        String workspace = TestStack.workspace("evolved");
        String topic = own.rest().createWorkspace(workspace).at("/topics/ops").textValue();
        // Ours, written with a newer schema, read by them: where the workspace lives.
        writeEvolvedPlace(own.stack(), workspace);
        // Theirs, written with a newer schema, read by ours: an operation.
        example.output("create", workspace, "a.txt", "new");
        assertThat(own.rest().textAt(workspace, "a.txt", 1)).isEqualTo("new");
        try (TopicReader reader = new TopicReader(own.stack().bootstrapServers(), topic)) {
            assertThat(reader.readToEnd()).singleElement().satisfies(taken ->
                assertThat(ByteBuffer.wrap(taken.value(), 1, 4).getInt()).isEqualTo(id));
        }
    }

    private static Schema evolved(Schema schema) throws IOException {
        ObjectNode json = (ObjectNode) MAPPER.readTree(schema.toString());
        ((ArrayNode) json.get("fields")).insertObject(1).put("name", "added").put("default", "dflt")
            .put("type", "string");
        return new Schema.Parser().parse(json.toString());
    }

    private static int registered(TestStack stack, Schema schema) {
        return registry(stack).register(schema.getFullName(), schema);
    }

    private static void writeEvolvedPlace(TestStack stack, String workspace) throws IOException {
        Workspace now;
        try (TopicReader reader = new TopicReader(stack.bootstrapServers(), "heddle.workspaces")) {
            WireCodec codec = new WireCodec(stack.registryUrl());
            now = reader.readToEnd().stream().map(taken -> codec.decode(taken.value(), Workspace.class))
                .filter(found -> found.getName().equals(workspace)).findFirst().orElseThrow();
        }
        Schema newer = evolved(Workspace.getClassSchema());
        GenericRecordBuilder builder = new GenericRecordBuilder(newer).set("added", "something new");
        Workspace.getClassSchema().getFields().forEach(field -> builder.set(field.name(), now.get(field.pos())));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        out.writeBytes(ByteBuffer.allocate(4).putInt(registered(stack, newer)).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(newer).write(builder.build(), encoder);
        encoder.flush();
        try (var producer = new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers", stack.bootstrapServers()),
                new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("heddle.workspaces", workspace.getBytes(StandardCharsets.UTF_8),
                out.toByteArray()));
        }
    }
}
