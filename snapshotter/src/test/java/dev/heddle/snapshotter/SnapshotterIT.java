package dev.heddle.snapshotter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.Snapshot;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.TopicAdmin;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.testkit.Seeds;
import dev.heddle.testkit.TestStack;
import dev.heddle.testkit.TopicReader;
import dev.heddle.testkit.WireCodec;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The service on a real broker and a real registry; canonical operations are written by a plain producer. */
class SnapshotterIT {

    private static final int SHARDS = 4;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static TestStack stack;
    private static WireCodec codec;
    private static KafkaProducer<byte[], byte[]> producer;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<SnapshotterService> running = new ArrayList<>();

    @BeforeAll
    static void startStack() {
        stack = TestStack.start();
        codec = new WireCodec(stack.registryUrl());
        try (Admin admin = stack.admin()) {
            new TopicAdmin(admin, (short) 1, Duration.ofSeconds(20)).ensure(Topics.shared(SHARDS));
        }
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", stack.bootstrapServers(), "linger.ms", 0),
            new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void stopStack() {
        producer.close();
        stack.close();
    }

    @AfterEach
    void stopServices() {
        running.forEach(SnapshotterService::close);
    }

    private SnapshotterService start(String group, Path stateDirectory) {
        return start(group, stateDirectory, Map.of());
    }

    private SnapshotterService start(String group, Path stateDirectory, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
            "bootstrap.servers", stack.bootstrapServers(),
            "schema.registry.url", stack.registryUrl(),
            "application.id", group,
            "state.dir", stateDirectory.toString(),
            "heddle.snapshotter.http.port", "0",
            "heddle.snapshot.idle.ms", "300",
            "consumer.metadata.max.age.ms", "500"));
        settings.putAll(more);
        SnapshotterService service = new SnapshotterService(settings);
        running.add(service);
        service.start();
        await().atMost(Duration.ofSeconds(60)).until(service::ready);
        return service;
    }

    private static long send(List<CanonicalOperation> operations) throws Exception {
        RecordMetadata last = null;
        for (CanonicalOperation operation : operations) {
            last = producer.send(new ProducerRecord<>(Topics.CANONICAL, Shards.of(operation.workspace(), SHARDS),
                CanonicalKeys.format(operation.workspace(), operation.version()).getBytes(StandardCharsets.UTF_8),
                codec.encode(OperationCodec.canonicalOp(operation)))).get();
        }
        return last == null ? 0 : last.offset() + 1;
    }

    private HttpResponse<String> get(SnapshotterService service, String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(SnapshotterService service, String path) throws Exception {
        HttpResponse<String> answer = get(service, path);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private void assertReads(SnapshotterService service, RandomLog log, long version) throws Exception {
        String base = "/workspaces/" + log.workspace();
        Map<String, RandomLog.Expected> expected = log.at(version);
        JsonNode tree = json(service, base + "/files?version=" + version + "&minVersion=" + log.version());
        assertThat(tree.get("version").asLong()).isEqualTo(version);
        assertThat(tree.get("files")).hasSize(expected.size());
        for (JsonNode file : tree.get("files")) {
            RandomLog.Expected wanted = expected.get(file.get("file").asText());
            assertThat(file.get("path").asText()).isEqualTo(wanted.path());
            assertThat(file.get("length").asInt()).isEqualTo(wanted.points().size());
            assertThat(file.get("version").asLong()).isEqualTo(wanted.version());
        }
        for (RandomLog.Expected file : expected.values()) {
            String path = URLEncoder.encode(file.path(), StandardCharsets.UTF_8);
            for (String call : List.of("/files/" + path, "/file-ids/" + file.file())) {
                HttpResponse<String> text = get(service, base + call + "?version=" + version);
                assertThat(text.statusCode()).as(text.body()).isEqualTo(200);
                assertThat(text.body()).isEqualTo(file.text());
                assertThat(text.headers().firstValue("Heddle-Version")).hasValue(Long.toString(version));
                assertThat(text.headers().firstValue("Heddle-File")).hasValue(file.file());
                assertThat(text.headers().firstValue("Heddle-File-Version")).hasValue(Long.toString(file.version()));
                assertThat(text.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
            }
        }
    }

    private void assertOperations(SnapshotterService service, RandomLog log) throws Exception {
        List<Long> versions = new ArrayList<>();
        Long after = 0L;
        while (after != null) {
            JsonNode page = json(service, "/workspaces/" + log.workspace() + "/ops?after=" + after + "&limit=70");
            page.get("ops").forEach(operation -> {
                versions.add(operation.get("version").asLong());
                assertThat(operation.get("hash").asText())
                    .isEqualTo(log.operations().get(versions.size() - 1).hash().hex());
            });
            after = page.has("next") ? page.get("next").asLong() : null;
        }
        assertThat(versions).hasSize((int) log.version());
        assertThat(versions.get(versions.size() - 1)).isEqualTo(log.version());
    }

    @Test
    void shouldServeEveryVersionAndSurviveRestartAndALostStateDirectory() throws Exception {
        Random random = Seeds.random("snapshotter it");
        RandomLog log = RandomLog.of(TestStack.workspace("reads"), random, 300);
        String group = TestStack.workspace("group");
        Path state = stack.newDirectory();
        SnapshotterService service = start(group, state);
        long end = send(log.operations());
        JsonNode head = json(service, "/workspaces/" + log.workspace() + "?minOffset=" + end);
        assertThat(head.get("version").asLong()).isEqualTo(300);
        assertThat(head.get("hash").asText()).isEqualTo(log.operations().get(299).hash().hex());
        assertThat(head.get("oldestVersion").asLong()).isZero();
        for (int i = 0; i < 20; i++) {
            assertReads(service, log, random.nextInt(301));
        }
        assertReads(service, log, 300);
        assertOperations(service, log);
        awaitSnapshots(log);
        service.close();

        service = start(group, state);
        assertThat(json(service, "/workspaces/" + log.workspace() + "?minOffset=" + end).get("version").asLong())
            .isEqualTo(300);
        assertReads(service, log, 300);
        service.close();

        service = start(group, stack.newDirectory());
        assertThat(json(service, "/workspaces/" + log.workspace() + "?minOffset=" + end).get("version").asLong())
            .isEqualTo(300);
        assertReads(service, log, 150);
        assertReads(service, log, 300);
        service.close();

        service = start(TestStack.workspace("fresh"), stack.newDirectory());
        assertThat(json(service, "/workspaces/" + log.workspace() + "?minOffset=" + end).get("version").asLong())
            .isEqualTo(300);
        assertReads(service, log, 150);
        for (int i = 0; i < 5; i++) {
            log.step();
        }
        send(log.operations().subList(300, 305));
        assertReads(service, log, 305);
    }

    private static void awaitSnapshots(RandomLog log) {
        Map<String, Snapshot> newest = new HashMap<>();
        try (TopicReader reader = new TopicReader(stack.bootstrapServers(), Topics.SNAPSHOTS)) {
            reader.readUntil(records -> {
                newest.clear();
                records.stream().filter(record -> record.value() != null)
                    .map(record -> codec.decode(record.value(), Snapshot.class))
                    .filter(snapshot -> snapshot.getWorkspace().equals(log.workspace()))
                    .forEach(snapshot -> newest.put(snapshot.getFile(), snapshot));
                return log.at(log.version()).values().stream().allMatch(file -> {
                    Snapshot found = newest.get(file.file());
                    return found != null && found.getFileVersion() == file.version()
                        && found.getText().equals(file.text()) && found.getPath().equals(file.path());
                });
            });
        }
    }

    @Test
    void shouldAnswerFromBothInstancesWhenShardsAreSpread() throws Exception {
        String group = TestStack.workspace("pair");
        SnapshotterService first = start(group, stack.newDirectory());
        SnapshotterService second = start(group, stack.newDirectory());
        await().atMost(Duration.ofSeconds(60)).until(() -> held(first) == 2 && held(second) == 2);
        List<RandomLog> logs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            RandomLog log = RandomLog.of(TestStack.workspace("pair"), Seeds.random("pair"), 40);
            send(log.operations());
            logs.add(log);
        }
        for (RandomLog log : logs) {
            assertReads(first, log, 40);
            assertReads(second, log, 23);
            assertThat(get(second, "/workspaces/" + log.workspace() + "/files/none").statusCode()).isEqualTo(404);
        }
        second.close();
        for (RandomLog log : logs) {
            assertThat(json(first, "/workspaces/" + log.workspace() + "?minVersion=40&waitMs=30000").get("version")
                .asLong()).isEqualTo(40);
        }
    }

    private double held(SnapshotterService service) throws Exception {
        return get(service, "/metrics").body().lines().filter(line -> line.startsWith("heddle_snapshotter_shards "))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ')))).findFirst().orElse(-1);
    }

    @Test
    void shouldWaitForAVersionAndGiveUpInTime() throws Exception {
        SnapshotterService service = start(TestStack.workspace("wait"), stack.newDirectory());
        RandomLog log = RandomLog.of(TestStack.workspace("wait"), Seeds.random("wait"), 3);
        CompletableFuture<HttpResponse<String>> waiting = http.sendAsync(HttpRequest.newBuilder(URI.create(
                "http://127.0.0.1:" + service.port() + "/workspaces/" + log.workspace() + "?minVersion=3")).build(),
            HttpResponse.BodyHandlers.ofString());
        send(log.operations());
        assertThat(JSON.readTree(waiting.get().body()).get("version").asLong()).isEqualTo(3);
        HttpResponse<String> late = get(service, "/workspaces/" + log.workspace() + "?minVersion=4&waitMs=50");
        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(JSON.readTree(late.body()).get("code").asText()).isEqualTo("UNAVAILABLE");
    }

    @Test
    void shouldNameTheErrorWhenAReadCannotBeAnswered() throws Exception {
        SnapshotterService service = start(TestStack.workspace("errors"), stack.newDirectory());
        RandomLog log = RandomLog.of(TestStack.workspace("errors"), new Random(11), 30);
        send(log.operations());
        String base = "/workspaces/" + log.workspace();
        json(service, base + "?minVersion=30");
        assertProblem(service, base + "/files?version=31", 422, "BASE_IN_FUTURE");
        assertProblem(service, base + "/files?version=x", 400, "BAD_REQUEST");
        assertProblem(service, base + "/files?version=-1", 400, "BAD_REQUEST");
        assertProblem(service, base + "/files?version=1&at=2026-11-20T12:00:00Z", 400, "BAD_REQUEST");
        assertProblem(service, base + "?waitMs=99999999", 400, "BAD_REQUEST");
        assertProblem(service, base + "/ops?limit=0", 400, "BAD_REQUEST");
        assertProblem(service, base + "/ops?after=31", 422, "BASE_IN_FUTURE");
        assertProblem(service, base + "/files/no/such", 404, "UNKNOWN_FILE");
        assertProblem(service, base + "/file-ids/none", 404, "UNKNOWN_FILE");
        assertProblem(service, "/workspaces/Not-A-Name", 400, "BAD_REQUEST");
        assertProblem(service, "/nothing/here", 404, "NOT_FOUND");
        assertThat(json(service, "/workspaces/never-written-to").get("version").asLong()).isZero();
        assertThat(json(service, "/workspaces/never-written-to/files").get("files")).isEmpty();
        assertThat(json(service, "/workspaces/never-written-to/ops").get("ops")).isEmpty();
        assertThat(get(service, "/health/live").statusCode()).isEqualTo(200);
        assertThat(get(service, "/health/ready").statusCode()).isEqualTo(200);
        assertThat(get(service, "/metrics").body()).contains("heddle_snapshotter_operations_folded_total",
            "heddle_snapshotter_snapshots_total{reason=\"idle\"}", "heddle_snapshotter_restore_left_records",
            "kafka_consumer_fetch_manager_records_lag");
    }

    private void assertProblem(SnapshotterService service, String path, int status, String code) throws Exception {
        HttpResponse<String> answer = get(service, path);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(JSON.readTree(answer.body()).get("code").asText()).isEqualTo(code);
    }

    @Test
    void shouldTellWhatItFoldedWhenOffsetsHoldNothing() throws Exception {
        SnapshotterService service = start(TestStack.workspace("holes"), stack.newDirectory());
        RandomLog log = RandomLog.of(TestStack.workspace("holes"), new Random(12), 2);
        send(log.operations());
        int shard = Shards.of(log.workspace(), SHARDS);
        long tombstone = producer.send(new ProducerRecord<>(Topics.CANONICAL, shard,
            "nobody/00000000000000000001".getBytes(StandardCharsets.UTF_8), null)).get().offset();
        Map<String, Object> transactions = Map.of("bootstrap.servers", stack.bootstrapServers(),
            "transactional.id", TestStack.workspace("tx"));
        try (KafkaProducer<byte[], byte[]> transactional = new KafkaProducer<>(transactions,
            new ByteArraySerializer(), new ByteArraySerializer())) {
            transactional.initTransactions();
            transactional.beginTransaction();
            transactional.send(new ProducerRecord<>(Topics.CANONICAL, shard,
                "nobody/00000000000000000001".getBytes(StandardCharsets.UTF_8), null)).get();
            transactional.commitTransaction();
        }
        // The record of the transaction and its marker follow the tombstone.
        assertThat(json(service, "/workspaces/" + log.workspace() + "?minOffset=" + (tombstone + 3)).get("version")
            .asLong()).isEqualTo(2);
    }
}
