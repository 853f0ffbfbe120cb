package dev.heddle.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.CanonicalOp;
import dev.heddle.ClientOp;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.schemas.Generator;
import dev.heddle.schemas.Seeds;
import dev.heddle.schemas.codec.CodecException;
import dev.heddle.schemas.codec.OperationCodec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever lies in a topic: a record or a named error, in bounded memory. Tests run with a heap of 1 GiB. */
class HostileBytesTest {

    private static final int CASES = 20_000;

    private FakeRegistry registry;
    private HeddleSerdes serdes;

    @BeforeEach
    void start() throws Exception {
        registry = new FakeRegistry();
        serdes = HeddleSerdes.of(SchemaRegistryClient.create(
            Map.of("schema.registry.url", registry.url(), "max.retries", "0")));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void shouldReadOrNameTheErrorWhenValidRecordsAreDamaged() {
        Random random = Seeds.random("damaged records");
        Generator generator = new Generator(random);
        Serde<ClientOp> clientOps = serdes.clientOp();
        Serde<CanonicalOp> canonicalOps = serdes.canonicalOp();
        int read = 0;
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            boolean canonical = random.nextBoolean();
            byte[] bytes = canonical
                ? canonicalOps.serializer().serialize("t", OperationCodec.canonicalOp(generator.canonical()))
                : clientOps.serializer().serialize("t", OperationCodec.clientOp(generator.submission()));
            byte[] damaged = damage(random, bytes);
            try {
                if (canonical) {
                    OperationCodec.canonical(canonicalOps.deserializer().deserialize("t", damaged));
                } else {
                    OperationCodec.submission(clientOps.deserializer().deserialize("t", damaged), 0, 0);
                }
                read++;
            } catch (MalformedRecordException | SchemaNotFoundException | CodecException named) {
                assertThat(named.getMessage()).isNotBlank();
                refused++;
            }
        }
        assertThat(read).as("some damage leaves a record").isPositive();
        assertThat(refused).as("most does not").isGreaterThan(CASES / 4);
    }

    static byte[] damage(Random random, byte[] bytes) {
        byte[] damaged = bytes.clone();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            // The id is left alone nine times in ten: behind an unknown one nothing is tried.
            int from = random.nextInt(10) == 0 || damaged.length == AvroSerializer.PREFIX_BYTES
                ? 0 : AvroSerializer.PREFIX_BYTES;
            int at = from + random.nextInt(damaged.length - from);
            switch (random.nextInt(4)) {
                case 0 -> damaged[at] = (byte) random.nextInt();
                case 1 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> damaged = Arrays.copyOf(damaged, Math.max(AvroSerializer.PREFIX_BYTES, at));
                default -> damaged = Arrays.copyOf(damaged, damaged.length + random.nextInt(5));
            }
        }
        return damaged;
    }

    @Test
    void shouldReadOrNameTheErrorWhenBytesAreRandom() {
        Random random = Seeds.random("random bytes");
        int id = registry.put("dev.heddle.ClientOp", PortableSchemas.of(ClientOp.getClassSchema()));
        Serde<ClientOp> serde = serdes.clientOp();
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = new byte[AvroSerializer.PREFIX_BYTES + random.nextInt(200)];
            random.nextBytes(bytes);
            ByteBuffer.wrap(bytes).put(AvroSerializer.MAGIC).putInt(id);
            try {
                OperationCodec.submission(serde.deserializer().deserialize("t", bytes), 0, 0);
            } catch (MalformedRecordException | CodecException named) {
                assertThat(named.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void shouldNotAllocateWhatALengthClaimsWhenItLies() {
        int id = registry.put("dev.heddle.ClientOp", PortableSchemas.of(ClientOp.getClassSchema()));
        for (long claimed : new long[] {Integer.MAX_VALUE - 8L, Integer.MAX_VALUE, 1L << 40, -1, Long.MIN_VALUE}) {
            byte[] bytes = ByteBuffer.allocate(100).put(AvroSerializer.MAGIC).putInt(id).put(zigZag(claimed)).array();
            for (int i = 0; i < 1_000; i++) {
                assertThatThrownBy(() -> serdes.clientOp().deserializer().deserialize("t", bytes))
                    .isInstanceOf(MalformedRecordException.class);
            }
        }
    }

    @Test
    void shouldNotAllocateWhatACountClaimsWhenItLies() throws Exception {
        byte[] valid = serdes.clientOp().serializer().serialize("t", OperationCodec.clientOp(edit()));
        // It ends with null file (0), path (2, length, text), count of changes (0), no anchor (0), no handover (0).
        byte[] head = Arrays.copyOf(valid, valid.length - 3);
        for (long count : new long[] {1_000, Integer.MAX_VALUE, 1L << 50, Long.MAX_VALUE, Long.MIN_VALUE, -5}) {
            ByteArrayOutputStream lie = new ByteArrayOutputStream();
            lie.write(head);
            lie.write(zigZag(count));
            lie.write(new byte[20]);
            assertThatThrownBy(() -> serdes.clientOp().deserializer().deserialize("t", lie.toByteArray()))
                .isInstanceOf(MalformedRecordException.class);
        }
    }

    private static Submission edit() {
        return new Submission("123e4567-e89b-12d3-a456-426614174000", 1, 0, null, null,
            new Operation.Edit(FileReference.ofPath("p"), List.of()), 0, 0);
    }

    @Test
    void shouldRefuseTenMegabytesOfTinyItems() throws Exception {
        byte[] valid = serdes.clientOp().serializer().serialize("t", OperationCodec.clientOp(edit()));
        ByteArrayOutputStream flood = new ByteArrayOutputStream();
        flood.write(valid, 0, valid.length - 3);
        flood.write(zigZag(5_000_000));
        flood.write(new byte[20_000_000]);
        assertThatThrownBy(() -> serdes.clientOp().deserializer().deserialize("t", flood.toByteArray()))
            .isInstanceOf(MalformedRecordException.class).hasMessageContaining("items: more than 4194304");
    }

    @Test
    void shouldNameTheErrorWhenAWritersSchemaNestsWithoutEnd() throws Exception {
        Schema list = SchemaBuilder.record("Deep").namespace("evil").fields()
            .name("next").type().unionOf().nullType().and().type("evil.Deep").endUnion().noDefault().endRecord();
        Schema evil = Schema.createRecord("ClientOp", null, "dev.heddle", false);
        evil.setFields(List.of(new Schema.Field("deep", list)));
        int id = registry.put("dev.heddle.ClientOp", evil);
        byte[] bytes = new byte[5_000_000];
        Arrays.fill(bytes, (byte) 2);
        ByteBuffer.wrap(bytes).put(AvroSerializer.MAGIC).putInt(id);
        assertThatThrownBy(() -> serdes.clientOp().deserializer().deserialize("t", bytes))
            .isInstanceOf(MalformedRecordException.class);
    }

    private static byte[] zigZag(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long raw = value << 1 ^ value >> 63;
        while ((raw & ~0x7fL) != 0) {
            out.write((int) (raw & 0x7f | 0x80));
            raw >>>= 7;
        }
        out.write((int) raw);
        return out.toByteArray();
    }
}
