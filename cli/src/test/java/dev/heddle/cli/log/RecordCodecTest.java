package dev.heddle.cli.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.CanonicalOp;
import dev.heddle.Snapshot;
import dev.heddle.TextOrigin;
import dev.heddle.TextRun;
import dev.heddle.cli.verify.CanonicalRecord;
import dev.heddle.cli.verify.RandomLog;
import dev.heddle.cli.verify.UnreadableRecordException;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.Anchor;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.engine.workspace.HashChain;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.teststack.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Canonical records as bytes: proven without being decoded, and no bit of them may differ. */
class RecordCodecTest {

    private static final int TODAY = 3;
    private static final int OLDER = 2;
    private static final int OTHER = 1;
    private static final int SNAPSHOT = 4;

    private final Random random = Seeds.random("RecordCodecTest");
    private FixedRegistry registry;
    private RecordCodec codec;

    @BeforeEach
    void start() throws IOException {
        registry = new FixedRegistry(Map.of(TODAY, CanonicalOp.getClassSchema(), OLDER, withoutVia(),
            OTHER, dev.heddle.Presence.getClassSchema(), SNAPSHOT, Snapshot.getClassSchema()));
        codec = new RecordCodec(SchemaRegistryClient.create(
            Map.of("schema.registry.url", registry.url(), "max.retries", "0")));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    /** The schema as it was before records said how they came in. */
    private static Schema withoutVia() throws IOException {
        ObjectNode schema = (ObjectNode) new ObjectMapper().readTree(CanonicalOp.getClassSchema().toString());
        schema.withArray("fields").remove(schema.path("fields").size() - 1);
        return new Schema.Parser().parse(schema.toString());
    }

    private static byte[] written(CanonicalOperation operation, String via) {
        return written(OperationCodec.canonicalOp(operation, via), CanonicalOp.getClassSchema());
    }

    private static byte[] written(SpecificRecord record, Schema schema) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new SpecificDatumWriter<SpecificRecord>(schema).write(record, encoder);
            encoder.flush();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] value(int id, byte[] payload) {
        return ByteBuffer.allocate(5 + payload.length).put((byte) 0).putInt(id).put(payload).array();
    }

    private CanonicalRecord record(CanonicalOperation operation, byte[] value) {
        return codec.canonical(new ConsumerRecord<>("t", 0, 5,
            CanonicalKeys.format(operation.workspace(), operation.version()).getBytes(StandardCharsets.UTF_8), value));
    }

    private static boolean proves(CanonicalRecord record, CanonicalOperation operation) {
        return record.encoded() != null && record.encoded().test(operation);
    }

    private List<CanonicalOperation> operations() {
        List<CanonicalOperation> all = new ArrayList<>(new RandomLog(random, 300).canonical());
        CanonicalOperation last = all.get(all.size() - 1);
        for (Anchor.Occurrence occurrence : Anchor.Occurrence.values()) {
            CanonicalOperation anchored = new CanonicalOperation("demo", last.version() + 1, "f", "a/ü", "ann",
                last.session(), 1, 0, 9L, 1L << 44, -5, new Operation.Edit(FileReference.ofFile("f"),
                List.of(new Change(0, 2, "🙂", "ab"), new Change(7, 0, "y", null)),
                new Anchor("ab", "", occurrence)), last.hash(), Hash.ZERO);
            all.add(new CanonicalOperation("demo", anchored.version(), "f", "a/ü", "ann", last.session(), 1, 0, 9L,
                1L << 44, -5, anchored.operation(), last.hash(), HashChain.next(last.hash(), anchored)));
        }
        return all;
    }

    @Test
    void shouldWriteTheTransformersBytesWhenAnOperationIsEncoded() {
        CanonicalBytes bytes = new CanonicalBytes();
        for (CanonicalOperation operation : operations()) {
            assertThat(bytes.apply(operation)).isEqualTo(written(operation, null));
        }
    }

    @Test
    void shouldProveARecordWhateverWayItCameIn() {
        for (CanonicalOperation operation : operations()) {
            for (String via : Arrays.asList(null, "gateway", "kafka")) {
                CanonicalRecord record = record(operation, value(TODAY, written(operation, via)));
                assertThat(record.version()).isEqualTo(operation.version());
                assertThat(proves(record, operation)).isTrue();
                assertThat(record.content().get()).isEqualTo(operation);
            }
            byte[] payload = written(operation, null);
            CanonicalRecord older = record(operation, value(OLDER, Arrays.copyOf(payload, payload.length - 1)));
            assertThat(proves(older, operation)).isFalse();
            assertThat(older.content().get()).isEqualTo(operation);
        }
    }

    @Test
    void shouldProveNoRecordWhenAnyOfItsBitsIsFlipped() {
        List<CanonicalOperation> operations = operations();
        for (String via : Arrays.asList(null, "gateway", "kafka")) {
            CanonicalOperation operation = operations.get(random.nextInt(operations.size()));
            byte[] value = value(TODAY, written(operation, via));
            for (int bit = 0; bit < value.length * 8; bit++) {
                byte[] flipped = value.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                assertDiffers(record(operation, flipped), operation, "bit " + bit + " of " + value.length * 8);
            }
            assertDiffers(record(operation, Arrays.copyOf(value, value.length + 1)), operation, "a byte more");
            assertDiffers(record(operation, Arrays.copyOf(value, value.length - 1)), operation, "a byte less");
            assertDiffers(record(operation, new byte[3]), operation, "no record at all");
        }
    }

    private static void assertDiffers(CanonicalRecord record, CanonicalOperation operation, String what) {
        assertThat(proves(record, operation)).as(what).isFalse();
        try {
            assertThat(record.content().get()).as(what).isNotEqualTo(operation);
        } catch (UnreadableRecordException found) {
            assertThat(found).hasMessageMatching("(?s).+");
        }
    }

    @Test
    void shouldNotTakeARecordForTheSameWhenItSaysTheSameInOtherBytes() {
        CanonicalOperation operation = operations().get(0);
        byte[] payload = written(operation, "kafka");
        byte[] strange = value(TODAY, payload);
        strange[strange.length - 1] = 'b';
        assertThatThrownBy(() -> record(operation, strange).content().get())
            .isInstanceOf(UnreadableRecordException.class).hasMessageContaining("encoded otherwise");
        // A number may be written with an empty last group of bits.
        int length = operation.workspace().length() * 2;
        byte[] longer = new byte[payload.length + 1];
        System.arraycopy(payload, 1, longer, 2, payload.length - 1);
        longer[0] = (byte) (length | 0x80);
        assertThatThrownBy(() -> record(operation, value(TODAY, longer)).content().get())
            .isInstanceOf(UnreadableRecordException.class).hasMessageContaining("encoded otherwise");
    }

    @Test
    void shouldReadSnapshotsTheSameWhenTextsAreNotWanted() {
        for (int i = 0; i < 400; i++) {
            byte[] value = value(SNAPSHOT, snapshot());
            ConsumerRecord<byte[], byte[]> record = snapshotRecord(value);
            assertThat(codec.snapshotRecord(record)).isEqualTo(codec.snapshot(record).record());
            assertThat(codec.snapshotRecord(record).problem()).isNull();
            for (int damage = 0; damage < 40; damage++) {
                byte[] damaged = random.nextInt(8) == 0 ? Arrays.copyOf(value, random.nextInt(value.length))
                    : value.clone();
                if (damaged.length > 0) {
                    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                }
                ConsumerRecord<byte[], byte[]> other = snapshotRecord(damaged);
                assertThat(codec.snapshotRecord(other)).isEqualTo(codec.snapshot(other).record());
            }
        }
    }

    private ConsumerRecord<byte[], byte[]> snapshotRecord(byte[] value) {
        return new ConsumerRecord<>("t", 0, 5, "demo/f".getBytes(StandardCharsets.UTF_8), value);
    }

    private byte[] snapshot() {
        String text = "ü🙂x".repeat(random.nextInt(4));
        boolean deleted = random.nextInt(4) == 0;
        List<TextOrigin> origins = new ArrayList<>();
        List<TextRun> runs = new ArrayList<>();
        for (int left = random.nextInt(9); left > 0; left--) {
            origins.add(new TextOrigin((long) random.nextInt(100), "author-" + random.nextInt(3), "session",
                random.nextLong()));
            runs.add(new TextRun(1 + random.nextInt(5), random.nextInt(origins.size())));
        }
        return written(Snapshot.newBuilder().setWorkspace("demo").setFile("f").setPath("a/ü").setDeleted(deleted)
            .setVersion(9).setFileVersion(7).setText(deleted ? "" : text).setHash(hash()).setChainHash(hash())
            .setTime(5).setCovered(9).setOldest(random.nextInt(9)).setDeletedText(deleted ? text : null)
            .setOrigins(origins).setRuns(runs).build(), Snapshot.getClassSchema());
    }

    private ByteBuffer hash() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    @Test
    void shouldReadTheVersionOfAKeyOnlyWhenTheKeyIsRight() {
        for (String key : List.of("demo/00000000000000000007", "demo/09223372036854775807")) {
            assertThat(version(key)).isEqualTo(CanonicalKeys.parse(key).version());
        }
        for (String key : List.of("demo/09223372036854775808", "demo/09999999999999999999", "demo/99999999999999999999",
            "demo/0000000000000000000x", "demo/0000000000000000007", "demo//0000000000000000007",
            "demo/x/00000000000000000007", "/00000000000000000007", "00000000000000000007", "", "demo",
            "demo/00000000000000000000")) {
            assertThat(version(key)).as(key).isZero();
        }
    }

    private long version(String key) {
        return codec.canonical(new ConsumerRecord<>("t", 0, 5, key.getBytes(StandardCharsets.UTF_8), null)).version();
    }
}
