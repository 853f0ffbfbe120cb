package dev.heddle.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heddle.ClientOp;
import dev.heddle.Noop;
import dev.heddle.Presence;
import dev.heddle.engine.text.Change;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.teststack.ClientOps;
import dev.heddle.teststack.TestStack;
import dev.heddle.teststack.TopicReader;
import dev.heddle.transformer.processor.CanonicalChecker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One transformer in this JVM on a real broker and a real registry. */
class TransformerServiceIT {

    private static Running running;
    private static TransformerService service;

    @BeforeAll
    static void start() {
        running = new Running();
        // No workspace exists yet: shards without topics must not keep it from being ready.
        service = running.service(running.stack.newDirectory());
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static String session() {
        return UUID.randomUUID().toString();
    }

    static ClientOp create(String session) {
        return ClientOps.of(session, 1, 0, ClientOps.create("a.txt", ""));
    }

    static ClientOp insert(String session, long seq, String text) {
        return ClientOps.of(session, seq, seq - 1, ClientOps.edit("a.txt", List.of(new Change(0, 0, text))));
    }

    @Test
    void shouldOrderOperationsWhenWorkspacesAreCreatedWhileItRuns() {
        for (int i = 0; i < 3; i++) {
            String workspace = running.workspace();
            String session = session();
            running.send(workspace, create(session));
            running.send(workspace, insert(session, 2, "b"));
            running.send(workspace, insert(session, 3, "a"));

            CanonicalChecker checker = running.awaitVersion(workspace, 3);
            assertThat(checker.workspace(workspace).fileAt("a.txt").orElseThrow().text()).hasToString("ab");
        }
        try (var reader = new TopicReader(running.stack.bootstrapServers(), Topics.CANONICAL)) {
            assertThat(reader.readToEnd()).allSatisfy(record -> {
                String name = new String(record.key(), StandardCharsets.UTF_8).split("/")[0];
                assertThat(record.partition()).isEqualTo(Shards.of(name, Running.SHARDS));
            });
        }
    }

    @Test
    void shouldDeadLetterAndGoOnWhenRecordsArePoison() {
        String workspace = running.workspace();
        String topic = Topics.opsTopic(workspace, Running.SHARDS);
        int before = running.read(Topics.DEAD_LETTERS, 0).size();
        running.producer.sendRaw(topic, "garbage".getBytes(StandardCharsets.UTF_8));
        running.producer.sendRaw(topic, new byte[0]);
        running.producer.sendRaw(topic, null);
        running.sendLarge(topic, new byte[10_000_000]);
        running.send(workspace, create(session()));

        assertThat(running.awaitVersion(workspace, 1).workspace(workspace).files()).hasSize(1);
        List<ConsumerRecord<byte[], byte[]>> letters = running.read(Topics.DEAD_LETTERS, before + 4);
        assertThat(letters).extracting(record -> record.value() == null ? -1 : record.value().length)
            .contains(7, 0, 10_000_000, -1);
        assertThat(letters).allSatisfy(letter -> {
            assertThat(letter.headers().lastHeader("heddle.source.topic")).isNotNull();
            assertThat(letter.headers().lastHeader("heddle.reason").value()).isNotEmpty();
        });
    }

    @Test
    void shouldDeadLetterAndGoOnWhenSchemaBranchKeyOrHeadersAreForeign() {
        String workspace = running.workspace();
        String topic = Topics.opsTopic(workspace, Running.SHARDS);
        int before = running.read(Topics.DEAD_LETTERS, 0).size();
        byte[] noop = running.serdes.clientOp().serializer().serialize(topic, ClientOps.of(session(), 1, 0,
            new Noop()));
        byte[] unknownSchema = ByteBuffer.wrap(noop.clone()).putInt(1, 987_654_321).array();
        byte[] otherRecord = running.serdes.presence().serializer().serialize(topic, new Presence(workspace, session(),
            null, null, null, null, null, null, null, true, 0L));
        // An operation without fields ends with the number of its branch.
        byte[] unknownBranch = noop.clone();
        unknownBranch[unknownBranch.length - 1] = 126;
        byte[] truncated = Arrays.copyOf(noop, noop.length - 1);
        byte[] longer = Arrays.copyOf(noop, noop.length + 1);
        List<Header> foreign = new ArrayList<>(List.of(new RecordHeader("heddle.source.topic", new byte[] {1}),
            new RecordHeader("traceparent", null), new RecordHeader("", new byte[50_000])));
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", running.stack.bootstrapServers()), new StringSerializer(),
            new ByteArraySerializer())) {
            for (byte[] value : Arrays.asList(unknownSchema, otherRecord, unknownBranch, truncated, longer, null)) {
                producer.send(new ProducerRecord<>(topic, 0, "some key", value, foreign));
            }
            producer.send(new ProducerRecord<>(topic, 0, "another workspace", noop, foreign));
        }

        running.awaitVersion(workspace, 1);
        List<ConsumerRecord<byte[], byte[]>> letters = running.read(Topics.DEAD_LETTERS, before + 6);
        List<ConsumerRecord<byte[], byte[]>> own = letters.stream()
            .filter(letter -> topic.equals(text(letter, "heddle.source.topic"))).toList();
        assertThat(own).extracting(letter -> text(letter, "heddle.source.offset"))
            .containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5");
        assertThat(own).allSatisfy(letter -> assertThat(letter.headers().lastHeader("traceparent")).isNotNull());
        assertThat(own).extracting(TransformerServiceIT::reason).allMatch(reason -> !reason.isBlank())
            .anyMatch(reason -> reason.contains("987654321")).anyMatch(reason -> reason.contains("Presence"))
            .anyMatch(reason -> reason.contains("without a value"));
    }

    private static String text(ConsumerRecord<byte[], byte[]> letter, String header) {
        return new String(letter.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldGoOnWhenATopicIsMadeByHandWithAClockOfItsOwn() throws Exception {
        String workspace = TestStack.workspace("clock");
        String topic = Topics.opsTopic(workspace, Running.SHARDS);
        try (Admin admin = running.stack.admin();
            KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", running.stack.bootstrapServers()), new StringSerializer(),
                new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(Map.of("message.timestamp.type",
                "CreateTime", "message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE))))).all().get();
            String session = session();
            long year2100 = 4_102_444_800_000L;
            List<Long> clocks = List.of(0L, year2100, 1L);
            for (int seq = 1; seq <= clocks.size(); seq++) {
                byte[] value = running.serdes.clientOp().serializer().serialize(topic,
                    ClientOps.of(session, seq, 0, new Noop()));
                producer.send(new ProducerRecord<>(topic, 0, clocks.get(seq - 1), null, value)).get();
            }
        }
        running.awaitVersion(workspace, 3);
        // Others on the same shard are not disturbed.
        String other = running.workspace();
        running.send(other, create(session()));
        running.awaitVersion(other, 1);
    }

    @Test
    void shouldGoOnWithOthersWhenATopicIsDeletedWhileItRuns() throws Exception {
        String doomed = running.workspace();
        String other = running.workspace();
        String session = session();
        running.send(doomed, create(session()));
        running.send(other, create(session));
        running.awaitVersion(doomed, 1);
        running.awaitVersion(other, 1);
        try (Admin admin = running.stack.admin()) {
            admin.deleteTopics(List.of(Topics.opsTopic(doomed, Running.SHARDS))).all().get();
        }
        for (int seq = 2; seq < 30; seq++) {
            running.send(other, insert(session, seq, "x"));
        }
        running.awaitVersion(other, 29);
        String later = running.workspace();
        running.send(later, create(session()));
        running.awaitVersion(later, 1);
        await().atMost(Running.LONG).until(service::ready);
    }

    @Test
    void shouldDeadLetterWhenATopicIsDeletedAndCreatedAnew() throws Exception {
        String workspace = running.workspace();
        running.send(workspace, create(session()));
        running.awaitVersion(workspace, 1);
        String topic = Topics.opsTopic(workspace, Running.SHARDS);
        try (Admin admin = running.stack.admin()) {
            admin.deleteTopics(List.of(topic)).all().get();
            await().atMost(Running.LONG).until(() -> admin.describeConsumerGroups(List.of("heddle-transformer")).all()
                .get().get("heddle-transformer").members().stream()
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .noneMatch(partition -> partition.topic().equals(topic)));
        }
        running.create(workspace);
        running.send(workspace, create(session()));
        running.producer.flush();

        try (var reader = new TopicReader(running.stack.bootstrapServers(), Topics.DEAD_LETTERS)) {
            reader.readUntil(letters -> letters.stream().anyMatch(letter -> reason(letter).contains("created anew")));
        }
        assertThat(running.canonical().workspace(workspace).version()).isEqualTo(1);
    }

    private static String reason(ConsumerRecord<byte[], byte[]> letter) {
        return new String(letter.headers().lastHeader("heddle.reason").value(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldTellItsHealthAndMetricsWhenAsked() throws Exception {
        String workspace = running.workspace();
        running.send(workspace, create(session()));
        running.awaitVersion(workspace, 1);

        await().atMost(Running.LONG).untilAsserted(() -> {
            assertThat(get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(get("/health/ready").body()).contains("\"ready\":true");
        });
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/metrics").body()).contains("heddle_transformer_ops_committed_total{shard=\"",
            "heddle_transformer_ops_rejected_total{code=\"BAD_REQUEST\"", "heddle_transformer_transform_seconds",
            "heddle_transformer_restore_records_total");
        assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient().send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldNameThePortWhenItIsTaken() {
        TransformerService second = new TransformerService(running.settings(running.stack.newDirectory(),
            "application.id", "another", "heddle.transformer.http.port", Integer.toString(service.port())));

        assertThatThrownBy(second::start).hasMessageContaining(":" + service.port());
        second.close();
    }

    @Test
    void shouldSayWhoDoesNotAnswerWhenTheRegistryIsAwayAtStart() {
        TransformerService second = new TransformerService(running.settings(running.stack.newDirectory(),
            "application.id", "another", "schema.registry.url", "http://127.0.0.1:1", "max.retries", "0",
            "heddle.start.timeout.ms", "500"));

        assertThatThrownBy(second::start).hasMessageContaining("127.0.0.1:1");
        second.close();
    }
}
