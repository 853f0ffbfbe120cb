package dev.heddle.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.ClientOp;
import dev.heddle.Noop;
import dev.heddle.engine.workspace.Limits;
import dev.heddle.schemas.codec.Via;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.serde.SchemaRegistration;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.services.streams.StoreMemory;
import dev.heddle.teststack.ClientOps;
import dev.heddle.transformer.processor.DeadLetters;
import dev.heddle.transformer.processor.Records;
import dev.heddle.transformer.processor.SequencerSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wiring, with real RocksDB stores: what the core does is the matter of its own tests. */
class TransformerTopologyTest {

    private static final String ADA = "0a0a0a0a-0000-4000-8000-000000000001";
    private static final int SHARDS = 4;

    @TempDir
    private Path directory;
    private final FakeRegistry registry = new FakeRegistry();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StoreMemory memory = new StoreMemory(16L * 1024 * 1024);
    private HeddleSerdes serdes;
    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        SchemaRegistryClient client = registry.client();
        SchemaRegistration.registerAll(client);
        serdes = HeddleSerdes.of(client);
        driver = new TopologyTestDriver(topology(new Records(serdes, Via.UNSIGNED)), properties());
    }

    private Topology topology(Records records) {
        return TransformerTopology.build(
            new SequencerSettings(SHARDS, Limits.DEFAULT, 1_000, 100_000, 100_000, true, 10, 1 << 20), records,
            topic -> 0, new KafkaRawLogs(Map.of()), meters, () -> 0);
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.putAll(StreamsSettings.of(new TransformerConfig(Map.of("bootstrap.servers", "localhost:1",
            "schema.registry.url", registry.url(), "state.dir", directory.toString())), memory,
            new CommittedOffsets()));
        return properties;
    }

    @AfterEach
    void close() {
        driver.close();
        memory.close();
        registry.close();
    }

    private static String workspace(int shard) {
        return java.util.stream.IntStream.range(0, 1_000).mapToObj(i -> "w" + i)
            .filter(name -> Shards.of(name, SHARDS) == shard).findFirst().orElseThrow();
    }

    private TestInputTopic<byte[], byte[]> input(String topic) {
        return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void submit(String workspace, ClientOp operation) {
        input(Topics.opsTopic(workspace, SHARDS)).pipeInput(null,
            serdes.clientOp().serializer().serialize("", operation), Instant.ofEpochMilli(1_234));
    }

    private ProducerRecord<byte[], byte[]> output(String topic) {
        TestRecord<byte[], byte[]> record =
            driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer()).readRecord();
        return new ProducerRecord<>(topic, null, record.timestamp(), record.key(), record.value(), record.getHeaders());
    }

    @Test
    void shouldPassTheTraceOnAndNoOtherHeader() {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", trace.getBytes(StandardCharsets.US_ASCII)).add("other", new byte[] {1});
        input(Topics.opsTopic(workspace(0), SHARDS)).pipeInput(new TestRecord<>(null, serdes.clientOp().serializer()
            .serialize("", ClientOps.of("0a0a0a0a-0000-4000-8000-000000000001", 1, 0, ClientOps.create("f", ""))),
            headers, Instant.ofEpochMilli(1_234)));
        submit(workspace(0), ClientOps.of("0a0a0a0a-0000-4000-8000-000000000001", 2, 1, ClientOps.create("g", "")));
        Header[] passed = output(Topics.CANONICAL).headers().toArray();

        assertThat(passed).hasSize(1);
        assertThat(passed[0].key()).isEqualTo("traceparent");
        assertThat(passed[0].value()).asString(StandardCharsets.US_ASCII).isEqualTo(trace);
    }

    @Test
    void shouldMatchTheReferencePageWhenTheTopologyChanges() {
        String description = topology(new Records(serdes, Via.UNSIGNED)).describe().toString();

        assertThat(description).doesNotContain("KSTREAM-", "KTABLE-");
        Golden.check("topology-transformer.txt", description);
    }

    @Test
    void shouldAnswerOnCanonicalWhenAnOperationIsAccepted() {
        String workspace = workspace(2);
        submit(workspace, ClientOps.of(ADA, 1, 0, ClientOps.create("a.txt", "hello")));

        ProducerRecord<byte[], byte[]> record = output(Topics.CANONICAL);
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(workspace + "/00000000000000000001");
        assertThat(serdes.canonicalOp().deserializer().deserialize("", record.value()).getTime()).isEqualTo(1_234);
        assertThat(record.timestamp()).isEqualTo(1_234);
        assertThat(record.headers()).isEmpty();
    }

    @Test
    void shouldAnswerOnRejectionsWhenAnOperationIsRefused() {
        String workspace = workspace(1);
        submit(workspace, ClientOps.of(ADA, 5, 0, new Noop()));

        ProducerRecord<byte[], byte[]> record = output(Topics.REJECTIONS);
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(workspace + "/" + ADA);
        assertThat(serdes.rejection().deserializer().deserialize("", record.value()).getExpectedSeq()).isEqualTo(1);
    }

    @Test
    void shouldKeepBytesKeyHeadersAndCoordinatesWhenARecordIsUnreadable() {
        String topic = Topics.opsTopic(workspace(0), SHARDS);
        RecordHeaders headers = new RecordHeaders();
        headers.add("theirs", new byte[] {1, 2});
        input(topic).pipeInput(new TestRecord<>(new byte[] {7}, new byte[] {9, 9}, headers, 1_234L));

        ProducerRecord<byte[], byte[]> letter = output(Topics.DEAD_LETTERS);
        assertThat(letter.key()).containsExactly(7);
        assertThat(letter.value()).containsExactly(9, 9);
        assertThat(letter.headers().lastHeader("theirs").value()).containsExactly(1, 2);
        assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo(topic);
        assertThat(header(letter, DeadLetters.PARTITION)).isEqualTo("0");
        assertThat(header(letter, DeadLetters.OFFSET)).isEqualTo("0");
        assertThat(header(letter, DeadLetters.TIME_MS)).isEqualTo("1234");
        assertThat(header(letter, DeadLetters.REASON)).isNotBlank();
    }

    @Test
    void shouldSayWhatWasLeftOutWhenADeadLetterWouldNotFit() {
        input(Topics.opsTopic(workspace(0), SHARDS)).pipeInput(new byte[] {7}, new byte[100_000]);

        ProducerRecord<byte[], byte[]> letter = output(Topics.DEAD_LETTERS);
        assertThat(letter.value()).isNull();
        assertThat(header(letter, DeadLetters.OMITTED_BYTES)).isEqualTo("100001");
    }

    private static String header(ProducerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldDeadLetterWhenTheTopicNamesNoWorkspaceOfItsShard() {
        input("heddle.ops.00.NOT_A_NAME").pipeInput(new byte[] {1}, new byte[] {1});
        assertThat(header(output(Topics.DEAD_LETTERS), DeadLetters.REASON)).contains("NOT_A_NAME");

        input("heddle.ops.01." + workspace(3)).pipeInput(new byte[] {1}, new byte[] {1});
        assertThat(header(output(Topics.DEAD_LETTERS), DeadLetters.REASON)).contains("shard 03");
    }

    @Test
    void shouldReadTheSharedTopicWhenRecordsAreKeyedByWorkspace() {
        String workspace = workspace(3);
        input("heddle.ops.03").pipeInput(workspace.getBytes(StandardCharsets.UTF_8),
            serdes.clientOp().serializer().serialize("", ClientOps.of(ADA, 1, 0, new Noop())));

        assertThat(new StringDeserializer().deserialize("", output(Topics.CANONICAL).key()))
            .isEqualTo(workspace + "/00000000000000000001");
    }

    @Test
    void shouldAcceptAnyClockWhenATopicWasMadeByHand() {
        String topic = Topics.opsTopic(workspace(0), SHARDS);
        byte[] first = serdes.clientOp().serializer().serialize("", ClientOps.of(ADA, 1, 0, new Noop()));
        byte[] second = serdes.clientOp().serializer().serialize("", ClientOps.of(ADA, 2, 0, new Noop()));
        input(topic).pipeInput(null, first, Instant.ofEpochMilli(0));
        input(topic).pipeInput(null, second, Instant.parse("2100-01-01T00:00:00Z"));

        List<Long> times = List.of(output(Topics.CANONICAL), output(Topics.CANONICAL)).stream()
            .map(record -> serdes.canonicalOp().deserializer().deserialize("", record.value()).getTime()).toList();
        assertThat(times).containsExactly(0L, Instant.parse("2100-01-01T00:00:00Z").toEpochMilli());
    }

    @Test
    void shouldWriteTheSameBytesWhenTheLogIsReadWithoutAnyStore() {
        String workspace = workspace(2);
        submit(workspace, ClientOps.of(ADA, 1, 0, ClientOps.create("a.txt", "hello")));
        byte[] before = output(Topics.CANONICAL).value();
        driver.close();
        driver = new TopologyTestDriver(topology(new Records(serdes, Via.UNSIGNED)), properties());
        submit(workspace, ClientOps.of(ADA, 1, 0, ClientOps.create("a.txt", "hello")));
        submit(workspace, ClientOps.of(ADA, 2, 1, new Noop()));

        assertThat(output(Topics.CANONICAL).value()).isEqualTo(before);
        assertThat(serdes.canonicalOp().deserializer().deserialize("", output(Topics.CANONICAL).value()).getVersion())
            .isEqualTo(2);
    }
}
