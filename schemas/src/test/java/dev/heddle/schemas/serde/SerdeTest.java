package dev.heddle.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Change;
import dev.heddle.ClientOp;
import dev.heddle.Create;
import dev.heddle.Edit;
import dev.heddle.Rejection;
import dev.heddle.Workspace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SerdeTest {

    private static final String SESSION = "123e4567-e89b-12d3-a456-426614174000";

    private FakeRegistry registry;
    private HeddleSerdes serdes;

    @BeforeEach
    void start() throws Exception {
        registry = new FakeRegistry();
        serdes = HeddleSerdes.of(SchemaRegistryClient.create(Map.of("schema.registry.url", registry.url())));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static ClientOp op(String insert) {
        return new ClientOp(SESSION, 3L, 2L, null, "ada",
            new Edit(null, "src/a.rs", List.of(new Change(5, 1, insert, null)), null), null);
    }

    private byte[] bytes(ClientOp op) {
        return serdes.clientOp().serializer().serialize("heddle.ops.00.demo", op);
    }

    private ClientOp read(byte[] bytes) {
        return serdes.clientOp().deserializer().deserialize("heddle.ops.00.demo", bytes);
    }

    @Test
    void shouldReadWhatItWroteWhenTextHoldsEmojiAndCombiningMarks() {
        ClientOp op = op("x😀e\u0301\uFFFD\u0000");
        assertThat(read(bytes(op))).isEqualTo(op);
    }

    @Test
    void shouldWriteTheWireFormatOfConfluentWhenSerializing() {
        byte[] bytes = bytes(op("x"));
        assertThat(bytes[0]).isZero();
        assertThat(ByteBuffer.wrap(bytes, 1, 4).getInt()).isEqualTo(registry.idsOf("dev.heddle.ClientOp").get(0));
        assertThat(bytes[5]).as("length of the session, zig-zag").isEqualTo((byte) (36 * 2));
        assertThat(new String(bytes, 6, 36, StandardCharsets.US_ASCII)).isEqualTo(SESSION);
    }

    @Test
    void shouldRegisterSchemaWithoutHintsForJavaWhenSerializing() {
        bytes(op("x"));
        String registered = registry.schema(1).toString();
        assertThat(registered).doesNotContain("avro.java").contains("\"doc\"");
        assertThat(registry.idsOf("dev.heddle.ClientOp")).containsExactly(1);
    }

    @Test
    void shouldPassNullThroughWhenRecordIsATombstone() {
        assertThat(serdes.clientOp().serializer().serialize("t", null)).isNull();
        assertThat(read(null)).isNull();
    }

    @Test
    void shouldWriteSameBytesWhenMapsWereFilledInAnotherOrder() {
        Map<String, String> forwards = new LinkedHashMap<>();
        Map<String, String> backwards = new LinkedHashMap<>();
        for (int i = 0; i < 50; i++) {
            forwards.put("key" + i, "v" + i);
            backwards.put("key" + (49 - i), "v" + (49 - i));
        }
        Serde<Workspace> serde = serdes.workspace();
        byte[] first = serde.serializer().serialize("t", new Workspace("w", 1, "o", forwards, 5L, List.of()));
        byte[] second = serde.serializer().serialize("t", new Workspace("w", 1, "o", backwards, 5L, List.of()));
        byte[] third = serde.serializer().serialize("t", serde.deserializer().deserialize("t", first));
        assertThat(second).isEqualTo(first);
        assertThat(third).isEqualTo(first);
        assertThat(serde.deserializer().deserialize("t", first).getSettings()).isEqualTo(new HashMap<>(forwards));
    }

    @Test
    void shouldRefuseToWriteWhenTextHoldsALoneSurrogate() {
        for (String broken : List.of("a\uD83D", "\uDE00a", "\uD83Dx", "\uDE00\uD83D")) {
            assertThatThrownBy(() -> bytes(op(broken))).isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("lone surrogate");
        }
    }

    @Test
    void shouldRefuseToWriteWhenARequiredFieldIsNull() {
        assertThatThrownBy(() -> bytes(new ClientOp(null, 1L, 0L, null, null, new Create("a", "", null), null)))
            .isInstanceOf(MalformedRecordException.class);
    }

    @Test
    void shouldNameTheProblemWhenBytesAreNotTheWireFormat() {
        assertThatThrownBy(() -> read(new byte[0])).isInstanceOf(MalformedRecordException.class)
            .hasMessageContaining("empty").hasMessageContaining("heddle.ops.00.demo");
        assertThatThrownBy(() -> read("{\"op\":1}".getBytes(StandardCharsets.UTF_8)))
            .isInstanceOf(MalformedRecordException.class).hasMessageContaining("begins with byte 123");
        assertThatThrownBy(() -> read(new byte[] {0, 0, 0, 1})).isInstanceOf(MalformedRecordException.class);
        assertThat(registry.requests).as("no lookup for what cannot be a record").isEmpty();
    }

    @Test
    void shouldRejectTrailingBytesWhenRecordIsWhole() {
        byte[] bytes = bytes(op("x"));
        assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length + 1)))
            .isInstanceOf(MalformedRecordException.class).hasMessageContaining("1 bytes after the end");
    }

    @Test
    void shouldRejectRecordWhenItEndsEarlyAnywhere() {
        byte[] bytes = bytes(op("hello"));
        for (int length = 5; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(MalformedRecordException.class);
        }
    }

    @Test
    void shouldSayThatIdIsUnknownWhenRegistryHasNone() {
        byte[] bytes = bytes(op("x"));
        ByteBuffer.wrap(bytes).putInt(1, -7);
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(SchemaNotFoundException.class)
            .hasMessageContaining("4294967289");
    }

    @Test
    void shouldRejectRecordWhenItsSchemaIsOfAnotherRecord() {
        byte[] bytes = serdes.rejection().serializer().serialize("heddle.rejections",
            new Rejection("w", SESSION, 1L, "TOO_LARGE", "m", false, 1L, null, 0L, 0L));
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(MalformedRecordException.class)
            .hasMessageContaining("dev.heddle.Rejection, not of dev.heddle.ClientOp");
        int stringId = registry.put("plain", Schema.create(Schema.Type.STRING));
        byte[] plain = {0, 0, 0, 0, (byte) stringId, 0};
        assertThatThrownBy(() -> read(plain)).isInstanceOf(MalformedRecordException.class)
            .hasMessageContaining("string");
    }

    @Test
    void shouldReadAnyOfTheRecordsWhenMadeByClassName() {
        try (AvroSerializer<ClientOp> serializer = new AvroSerializer<>();
             AvroDeserializer<ClientOp> deserializer = new AvroDeserializer<>()) {
            serializer.configure(Map.of("schema.registry.url", registry.url()), false);
            deserializer.configure(Map.of("schema.registry.url", registry.url()), false);
            assertThat(deserializer.deserialize("t", serializer.serialize("t", op("y")))).isEqualTo(op("y"));
        }
    }

    @Test
    void shouldUseSubjectOfTheTopicWhenStrategySaysSo() {
        try (AvroSerializer<ClientOp> serializer = new AvroSerializer<>()) {
            serializer.configure(Map.of("schema.registry.url", registry.url(), "value.subject.name.strategy",
                "io.confluent.kafka.serializers.subject.TopicNameStrategy"), false);
            serializer.serialize("a", op("y"));
            serializer.serialize("b", op("y"));
            assertThat(registry.idsOf("a-value")).hasSize(1);
            assertThat(registry.idsOf("b-value")).hasSize(1);
        }
    }

    @Test
    void shouldNotBelieveTextThatIsNotUtf8() {
        byte[] bytes = bytes(op("xy"));
        int at = indexOf(bytes, "xy");
        bytes[at] = (byte) 0xED;
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(MalformedRecordException.class)
            .hasMessageContaining("not UTF-8");
    }

    private static int indexOf(byte[] bytes, String ascii) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(ascii);
    }
}
