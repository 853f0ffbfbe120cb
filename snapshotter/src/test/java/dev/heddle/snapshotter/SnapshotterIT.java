package dev.heddle.snapshotter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.Snapshot;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.teststack.Seeds;
import dev.heddle.teststack.TestStack;
import dev.heddle.teststack.TopicReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The service on a real broker and a real registry; canonical operations are written by a plain producer. */
class SnapshotterIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static TestStack stack;
    private static ServiceDriver driver;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void startStack() {
        stack = TestStack.start();
        driver = new ServiceDriver(stack);
    }

    @AfterAll
    static void stopStack() {
        driver.close();
        stack.close();
    }

    @AfterEach
    void stopServices() {
        driver.closeServices();
    }

    private static long version(SnapshotterService service, RandomLog log, long minOffset) throws Exception {
        return driver.json(service, "/workspaces/" + log.workspace() + "?minOffset=" + minOffset).get("version")
            .asLong();
    }

    private SnapshotterService start(String group, Path stateDirectory) {
        return driver.start(group, stateDirectory, Map.of());
    }

    @Test
    void shouldServeEveryVersionAndSurviveRestartAndALostStateDirectory() throws Exception {
        Random random = Seeds.random("snapshotter it");
        RandomLog log = RandomLog.of(TestStack.workspace("reads"), random, 300);
        String group = TestStack.workspace("group");
        Path state = stack.newDirectory();
        SnapshotterService service = start(group, state);
        long end = driver.send(log.operations());
        JsonNode head = driver.json(service, "/workspaces/" + log.workspace() + "?minOffset=" + end);
        assertThat(head.get("version").asLong()).isEqualTo(300);
        assertThat(head.get("hash").asText()).isEqualTo(log.operations().get(299).hash().hex());
        assertThat(head.get("oldestVersion").asLong()).isZero();
        for (int i = 0; i < 20; i++) {
            driver.assertReads(service, log, random.nextInt(301));
        }
        driver.assertReads(service, log, 300);
        driver.assertOperations(service, log);
        awaitSnapshots(log);
        service.close();

        service = start(group, state);
        assertThat(version(service, log, end))
            .isEqualTo(300);
        driver.assertReads(service, log, 300);
        service.close();

        service = start(group, stack.newDirectory());
        assertThat(version(service, log, end))
            .isEqualTo(300);
        driver.assertReads(service, log, 150);
        driver.assertReads(service, log, 300);
        service.close();

        service = start(TestStack.workspace("fresh"), stack.newDirectory());
        assertThat(version(service, log, end))
            .isEqualTo(300);
        driver.assertReads(service, log, 150);
        for (int i = 0; i < 5; i++) {
            log.step();
        }
        driver.send(log.operations().subList(300, 305));
        driver.assertReads(service, log, 305);
    }

    private static void awaitSnapshots(RandomLog log) {
        Map<String, Snapshot> newest = new HashMap<>();
        try (TopicReader reader = new TopicReader(stack.bootstrapServers(), Topics.SNAPSHOTS)) {
            reader.readUntil(records -> {
                newest.clear();
                records.stream().filter(record -> record.value() != null)
                    .map(record -> driver.codec.decode(record.value(), Snapshot.class))
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
        await().atMost(Duration.ofSeconds(60)).until(() -> driver.held(first) == 2 && driver.held(second) == 2);
        List<RandomLog> logs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            RandomLog log = RandomLog.of(TestStack.workspace("pair"), Seeds.random("pair"), 40);
            driver.send(log.operations());
            logs.add(log);
        }
        for (RandomLog log : logs) {
            driver.assertReads(first, log, 40);
            driver.assertReads(second, log, 23);
            driver.assertProblem(second, "/workspaces/" + log.workspace() + "/files/none", 404, "UNKNOWN_FILE");
        }
        second.close();
        for (RandomLog log : logs) {
            String call = "/workspaces/" + log.workspace() + "?minVersion=40&waitMs=30000";
            assertThat(driver.json(first, call).get("version").asLong()).isEqualTo(40);
        }
    }

    @Test
    void shouldWaitForAVersionAndGiveUpInTime() throws Exception {
        SnapshotterService service = start(TestStack.workspace("wait"), stack.newDirectory());
        RandomLog log = RandomLog.of(TestStack.workspace("wait"), Seeds.random("wait"), 3);
        CompletableFuture<HttpResponse<String>> waiting = http.sendAsync(HttpRequest.newBuilder(URI.create(
                "http://127.0.0.1:" + service.port() + "/workspaces/" + log.workspace() + "?minVersion=3")).build(),
            HttpResponse.BodyHandlers.ofString());
        driver.send(log.operations());
        assertThat(JSON.readTree(waiting.get().body()).get("version").asLong()).isEqualTo(3);
        HttpResponse<String> late = driver.get(service, "/workspaces/" + log.workspace() + "?minVersion=4&waitMs=50");
        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(JSON.readTree(late.body()).get("code").asText()).isEqualTo("UNAVAILABLE");
    }

    @Test
    void shouldNameTheErrorWhenAReadCannotBeAnswered() throws Exception {
        SnapshotterService service = start(TestStack.workspace("errors"), stack.newDirectory());
        RandomLog log = RandomLog.of(TestStack.workspace("errors"), new Random(11), 30);
        driver.send(log.operations());
        String base = "/workspaces/" + log.workspace();
        driver.json(service, base + "?minVersion=30");
        driver.assertProblem(service, base + "/files?version=31", 422, "BASE_IN_FUTURE");
        driver.assertProblem(service, base + "/files?version=x", 400, "BAD_REQUEST");
        driver.assertProblem(service, base + "/files?version=-1", 400, "BAD_REQUEST");
        driver.assertProblem(service, base + "/files?version=1&at=2026-11-20T12:00:00Z", 400, "BAD_REQUEST");
        driver.assertProblem(service, base + "?waitMs=99999999", 400, "BAD_REQUEST");
        driver.assertProblem(service, base + "/ops?limit=0", 400, "BAD_REQUEST");
        driver.assertProblem(service, base + "/ops?after=31", 422, "BASE_IN_FUTURE");
        driver.assertProblem(service, base + "/files/no/such", 404, "UNKNOWN_FILE");
        driver.assertProblem(service, base + "/file-ids/none", 404, "UNKNOWN_FILE");
        driver.assertProblem(service, "/workspaces/Not-A-Name", 400, "BAD_REQUEST");
        driver.assertProblem(service, "/nothing/here", 404, "NOT_FOUND");
        assertThat(driver.json(service, "/workspaces/never-written-to").get("version").asLong()).isZero();
        assertThat(driver.json(service, "/workspaces/never-written-to/files").get("files")).isEmpty();
        assertThat(driver.json(service, "/workspaces/never-written-to/ops").get("ops")).isEmpty();
        assertThat(driver.get(service, "/health/live").statusCode()).isEqualTo(200);
        assertThat(driver.get(service, "/health/ready").statusCode()).isEqualTo(200);
        assertThat(driver.get(service, "/metrics").body()).contains("heddle_snapshotter_operations_folded_total",
            "heddle_snapshotter_snapshots_total{reason=\"idle\"}", "heddle_snapshotter_restore_left_records",
            "kafka_consumer_fetch_manager_records_lag");
    }

    @Test
    void shouldTellWhatItFoldedWhenOffsetsHoldNothing() throws Exception {
        SnapshotterService service = start(TestStack.workspace("holes"), stack.newDirectory());
        RandomLog log = RandomLog.of(TestStack.workspace("holes"), new Random(12), 2);
        driver.send(log.operations());
        int shard = Shards.of(log.workspace(), ServiceDriver.SHARDS);
        long tombstone = driver.producer.send(new ProducerRecord<>(Topics.CANONICAL, shard,
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
        assertThat(driver.json(service,
            "/workspaces/" + log.workspace() + "?minOffset=" + (tombstone + 3)).get("version")
            .asLong()).isEqualTo(2);
    }

    @Test
    void shouldShowTheStateAtATimeAndTheDifferenceOfTwoVersions() throws Exception {
        SnapshotterService service = start(TestStack.workspace("time"), stack.newDirectory());
        RandomLog log = RandomLog.of(TestStack.workspace("time"), Seeds.random("time"), 60);
        driver.send(log.operations());
        String base = "/workspaces/" + log.workspace();
        driver.json(service, base + "?minVersion=60");
        for (long version : new long[] {1, 17, 59, 60}) {
            // The operation of version v is of second v; half a second later it is still the last one.
            Instant at = Instant.ofEpochMilli(1_700_000_000_500L + 1_000 * version);
            JsonNode tree = driver.json(service, base + "/files?at=" + at);
            assertThat(tree.get("version").asLong()).isEqualTo(version);
            assertThat(tree.get("files")).hasSize(log.at(version).size());
        }
        assertThat(driver.json(service, base + "/files?at=2001-01-01T00:00:00Z").get("version").asLong()).isZero();
        RandomLog.Expected now = log.at(60).values().iterator().next();
        JsonNode diff = driver.json(service, base + "/file-ids/" + now.file() + "/diff?from=0");
        StringBuilder inserted = new StringBuilder();
        diff.findValues("text").forEach(line -> inserted.append(line.asText()));
        assertThat(inserted.toString()).isEqualTo(now.text());
        assertThat(diff.get("to").get("version").asLong()).isEqualTo(60);
        String unified = driver.get(service, base + "/file-ids/" + now.file() + "/diff?from=0&to=60&format=unified")
            .body();
        assertThat(unified).startsWith(now.text().isEmpty() ? "" : "--- /dev/null\tversion 0\n+++ b/");
        driver.assertProblem(service, base + "/file-ids/" + now.file() + "/diff", 400, "BAD_REQUEST");
        driver.assertProblem(service, base + "/file-ids/" + now.file() + "/diff?from=61", 422, "BASE_IN_FUTURE");
        driver.assertProblem(service, base + "/file-ids/none/diff?from=1", 404, "UNKNOWN_FILE");
    }
}
