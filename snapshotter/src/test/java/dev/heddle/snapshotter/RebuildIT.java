package dev.heddle.snapshotter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.topic.PlaceKind;
import dev.heddle.schemas.topic.TopicAdmin;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.snapshotter.fold.FileState;
import dev.heddle.snapshotter.history.RandomRawLog;
import dev.heddle.teststack.Seeds;
import dev.heddle.teststack.TestStack;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

/** Versions that the canonical log no longer keeps, rebuilt from the raw log. */
class RebuildIT {

    /** What the sequencer of these logs keeps and the snapshotter is told: they decide alike only where these agree. */
    private static final int HISTORY_VERSIONS = 30;

    @Test
    void shouldReadWhatIsOlderThanKeptFromTheRawLog() throws Exception {
        Random random = Seeds.random("rebuild it");
        try (TestStack stack = TestStack.start(); ServiceDriver driver = new ServiceDriver(stack)) {
            RandomRawLog log = write(stack, driver, random, PlaceKind.OWN, 200);
            RandomRawLog shared = write(stack, driver, random, PlaceKind.SHARED, 60);
            SnapshotterService service = driver.start("rebuild", stack.newDirectory(), Map.of(
                "heddle.history.versions.max", String.valueOf(HISTORY_VERSIONS), "heddle.snapshot.operations.max", "10",
                "heddle.milestone.versions.max", "25"));
            driver.send(log.operations);
            String base = "/workspaces/" + log.workspace();
            await().atMost(Duration.ofSeconds(60)).until(() ->
                driver.json(service, base).get("oldestVersion").asLong() >= 160);
            for (long version : new long[] {0, 1, 77, 25, 140, 150}) {
                assertFiles(driver, service, log, base, version);
            }
            CanonicalOperation tenth = log.operations.get(9);
            JsonNode then = driver.json(service, base + "/files?at=" + Instant.ofEpochMilli(tenth.timeMs()));
            assertThat(then.get("version").asLong()).isGreaterThanOrEqualTo(10).isLessThan(160);
            driver.send(shared.operations);
            String other = "/workspaces/" + shared.workspace();
            await().atMost(Duration.ofSeconds(60)).until(() ->
                driver.json(service, other).get("oldestVersion").asLong() >= 25);
            for (long version : new long[] {1, 20}) {
                assertFiles(driver, service, shared, other, version);
            }
            driver.assertProblem(service, base + "/ops?after=3", 410, "BASE_TOO_OLD");
            driver.assertProblem(service, base + "/files/never-there?version=3", 404, "UNKNOWN_FILE");
        }
    }

    private static RandomRawLog write(TestStack stack, ServiceDriver driver, Random random, PlaceKind kind,
                                      int versions)
        throws Exception {
        RandomRawLog log = new RandomRawLog(TestStack.workspace("rebuild"), random, HISTORY_VERSIONS);
        try (Admin admin = stack.admin()) {
            new TopicAdmin(admin, (short) 1, Duration.ofSeconds(20))
                .ensure(List.of(Topics.ops(log.workspace(), ServiceDriver.SHARDS, kind)));
        }
        String topic = Topics.opsTopic(log.workspace(), ServiceDriver.SHARDS, kind);
        driver.producer.send(new ProducerRecord<>(topic, new byte[] {1, 2, 3})).get();
        byte[] key = log.workspace().getBytes(StandardCharsets.UTF_8);
        while (log.operations.size() < versions) {
            Submission drawn = log.next(0, 0);
            RecordMetadata place = driver.producer.send(new ProducerRecord<>(topic, key,
                driver.codec.encode(OperationCodec.clientOp(drawn)))).get();
            if (kind == PlaceKind.SHARED && random.nextInt(3) == 0) {
                byte[] neighbour = (log.workspace() + "-2").getBytes(StandardCharsets.UTF_8);
                driver.producer.send(new ProducerRecord<>(topic, neighbour,
                    driver.codec.encode(OperationCodec.clientOp(drawn)))).get();
            }
            log.take(new Submission(drawn.session(), drawn.seq(), drawn.base(), drawn.after(), drawn.author(),
                drawn.operation(), place.offset(), place.timestamp()));
        }
        return log;
    }

    private static void assertFiles(ServiceDriver driver, SnapshotterService service, RandomRawLog log, String base,
                                    long version) throws Exception {
        Map<String, FileState> expected = log.expected(version);
        JsonNode tree = driver.json(service, base + "/files?version=" + version);
        assertThat(tree.get("version").asLong()).isEqualTo(version);
        assertThat(tree.get("files")).hasSize((int) expected.values().stream().filter(file -> !file.deleted()).count());
        for (FileState file : expected.values()) {
            String call = base + "/file-ids/" + file.file();
            if (file.deleted()) {
                driver.assertProblem(service, call + "?version=" + version, 404, "FILE_DELETED");
                continue;
            }
            HttpResponse<String> text = driver.get(service, call + "?version=" + version);
            assertThat(text.statusCode()).as(text.body()).isEqualTo(200);
            assertThat(text.body()).isEqualTo(file.text().toString());
            assertThat(text.headers().firstValue("Heddle-Path")).hasValue(file.path());
            JsonNode blame = driver.json(service, call + "/blame?version=" + version);
            assertThat(blame.get("runs")).hasSize(file.runs().count());
        }
    }
}
