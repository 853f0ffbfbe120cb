package dev.heddle.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.ClientOp;
import dev.heddle.Handover;
import dev.heddle.Noop;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.schemas.Generator;
import dev.heddle.schemas.Seeds;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.codec.SubmissionReader;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The quick way to read raw records says exactly what the general one says, of good records and of bad ones. */
class SubmissionReaderTest {

    private static final int CASES = 30_000;
    private static final String SESSION = "123e4567-e89b-12d3-a456-426614174000";

    private FakeRegistry registry;
    private HeddleSerdes serdes;
    private SubmissionReader reader;

    @BeforeEach
    void start() throws Exception {
        registry = new FakeRegistry();
        SchemaRegistryClient client = SchemaRegistryClient.create(
            Map.of("schema.registry.url", registry.url(), "max.retries", "0"));
        serdes = HeddleSerdes.of(client);
        reader = new SubmissionReader(client);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private byte[] bytes(ClientOp record) {
        return serdes.clientOp().serializer().serialize("t", record);
    }

    private Submission general(byte[] bytes) {
        return OperationCodec.submission(serdes.clientOp().deserializer().deserialize("t", bytes), 7, 8);
    }

    private static Object outcome(Supplier<Submission> reading) {
        try {
            return reading.get();
        } catch (RuntimeException error) {
            // What Java says of a number out of bounds it leaves out once the code is compiled.
            return error instanceof MalformedRecordException ? error.getClass().toString()
                : error.getClass() + ": " + error.getMessage();
        }
    }

    @Test
    void shouldReadTheSameWhenRecordsAreAsTheyShouldBe() {
        Generator generator = new Generator(Seeds.random("submissions read quickly"));
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = bytes(OperationCodec.clientOp(generator.submission()));
            assertThat(reader.read("t", bytes, 7, 8)).isEqualTo(general(bytes));
        }
    }

    @Test
    void shouldSayTheSameWhenRecordsAreDamaged() {
        Random random = Seeds.random("damaged submissions read quickly");
        Generator generator = new Generator(random);
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] damaged = HostileBytesTest.damage(random, bytes(OperationCodec.clientOp(generator.submission())));
            Object expected = outcome(() -> general(damaged));
            assertThat(outcome(() -> reader.read("t", damaged, 7, 8))).isEqualTo(expected);
            refused += expected instanceof String ? 1 : 0;
        }
        assertThat(refused).isBetween(CASES / 4, CASES - 100);
    }

    @Test
    void shouldSayTheSameWhenBytesAreRandom() {
        Random random = Seeds.random("random bytes read quickly");
        int id = registry.put("dev.heddle.ClientOp", PortableSchemas.of(ClientOp.getClassSchema()));
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = new byte[AvroSerializer.PREFIX_BYTES + random.nextInt(120)];
            random.nextBytes(bytes);
            ByteBuffer.wrap(bytes).put(AvroSerializer.MAGIC).putInt(id);
            assertThat(outcome(() -> reader.read("t", bytes, 7, 8))).isEqualTo(outcome(() -> general(bytes)));
        }
    }

    @Test
    void shouldReadTheSameWhenARecordHandsOverOrIsOfAnotherSchema() throws Exception {
        byte[] handover = bytes(new ClientOp(SESSION, 1L, 0L, null, null, new Noop(), new Handover("t2", 4L)));
        assertThat(reader.read("t", handover, 7, 8)).isEqualTo(general(handover)).isNotNull();
        Schema newer = EvolutionTest.withField("{\"name\":\"device\",\"type\":[\"null\",\"string\"],\"default\":null}");
        int id = registry.put("dev.heddle.ClientOp", newer);
        byte[] today = bytes(new ClientOp(SESSION, 1L, 0L, null, "ann", new Noop(), null));
        byte[] other = new byte[today.length + 1];
        System.arraycopy(today, 0, other, 0, AvroSerializer.PREFIX_BYTES);
        System.arraycopy(today, AvroSerializer.PREFIX_BYTES, other, AvroSerializer.PREFIX_BYTES + 1,
            today.length - AvroSerializer.PREFIX_BYTES);
        ByteBuffer.wrap(other).put(AvroSerializer.MAGIC).putInt(id);
        assertThat(reader.read("t", other, 7, 8)).isEqualTo(general(today)).isEqualTo(general(other));
        assertThat(reader.read("t", null, 7, 8)).isNull();
    }
}
