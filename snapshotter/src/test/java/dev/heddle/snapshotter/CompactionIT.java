package dev.heddle.snapshotter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.schemas.json.OperationJson;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.teststack.Seeds;
import dev.heddle.teststack.TestStack;
import dev.heddle.teststack.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** The bounded log once the broker has really compacted it. */
class CompactionIT {

    private static final Map<String, String> SETTINGS = Map.of(
        "heddle.history.versions.max", "60",
        "heddle.snapshot.operations.max", "20",
        "heddle.snapshot.idle.ms", "200");

    @Test
    void shouldShowAFreshInstanceWhatAnOldTimerSeesWhenTheBrokerHasCompacted() throws Exception {
        try (TestStack stack = TestStack.start(); ServiceDriver driver = new ServiceDriver(stack)) {
            compactEagerly(stack);
            RandomLog log = RandomLog.of(TestStack.workspace("compact"), Seeds.random("compaction"), 400);
            SnapshotterService oldTimer = driver.start("old", stack.newDirectory(), SETTINGS);
            driver.send(log.operations());
            await().atMost(Duration.ofSeconds(60)).until(() ->
                driver.json(oldTimer, "/workspaces/" + log.workspace()).get("oldestVersion").asLong() >= 330);
            await().atMost(Duration.ofSeconds(120)).pollInterval(Duration.ofSeconds(1)).until(() -> {
                // Only closed segments are compacted, and a segment is closed by a later record.
                log.step();
                driver.send(log.operations().subList((int) log.version() - 1, (int) log.version()));
                return kept(stack, log.workspace()).size() < 200;
            });
            assertThat(kept(stack, log.workspace())).doesNotContain(1L, 2L, 3L);
            long head = log.version();
            long oldest = driver.json(oldTimer, "/workspaces/" + log.workspace() + "?minVersion=" + head)
                .get("oldestVersion").asLong();

            SnapshotterService fresh = driver.start("fresh", stack.newDirectory(), SETTINGS);
            assertThat(driver.json(fresh, "/workspaces/" + log.workspace() + "?minVersion=" + head)
                .get("oldestVersion").asLong()).isGreaterThanOrEqualTo(oldest);
            for (SnapshotterService service : List.of(oldTimer, fresh)) {
                driver.assertReads(service, log, head);
                for (long version : List.of(head - 1, head - 20, head - 45)) {
                    driver.assertTexts(service, log, version);
                }
                assertResumes(driver, service, log, head - 45);
                driver.assertProblem(service, "/workspaces/" + log.workspace() + "/ops?after=5", 410, "BASE_TOO_OLD");
            }
            assertSameAnswers(driver, oldTimer, fresh, log);
            log.step();
            driver.send(log.operations().subList((int) head, (int) head + 1));
            driver.assertReads(fresh, log, head + 1);
        }
    }

    /** A client that was away gets exactly what it missed, and is with it where all others are. */
    private static void assertResumes(ServiceDriver driver, SnapshotterService service, RandomLog log, long seen)
        throws Exception {
        String base = "/workspaces/" + log.workspace();
        Map<String, Text> texts = new HashMap<>();
        for (RandomLog.Expected file : log.at(seen).values()) {
            texts.put(file.file(), Text.of(driver.get(service, base + "/file-ids/" + file.file() + "?version=" + seen)
                .body()));
        }
        long last = seen;
        for (JsonNode message : driver.json(service, base + "/ops?after=" + seen).get("ops")) {
            assertThat(message.get("version").asLong()).isEqualTo(++last);
            assertThat(message.get("hash").asText()).isEqualTo(log.operations().get((int) last - 1).hash().hex());
            String file = message.path("file").asText();
            Operation operation = OperationJson.operation(message.get("op"));
            if (operation instanceof Operation.Edit edit) {
                texts.computeIfPresent(file, (id, text) ->
                    text.apply(Changes.toOperation(edit.changes(), text.lengthCodePoints())));
            } else if (operation instanceof Operation.Create create) {
                texts.put(file, Text.of(create.text()));
            } else if (operation instanceof Operation.Delete) {
                texts.remove(file);
            }
        }
        assertThat(last).isEqualTo(log.version());
        Map<String, String> now = new HashMap<>();
        texts.forEach((file, text) -> now.put(file, text.toString()));
        assertThat(now).isEqualTo(log.at(last).values().stream()
            .collect(Collectors.toMap(RandomLog.Expected::file, RandomLog.Expected::text)));
    }

    /** Whoever joins late is told the same by either, to the byte. */
    private static void assertSameAnswers(ServiceDriver driver, SnapshotterService one, SnapshotterService other,
                                          RandomLog log) throws Exception {
        String base = "/workspaces/" + log.workspace();
        for (RandomLog.Expected file : log.at(log.version()).values()) {
            String blame = base + "/file-ids/" + file.file() + "/blame";
            assertThat(driver.get(other, blame).body()).isEqualTo(driver.get(one, blame).body());
        }
        for (String call : List.of("/files", "/files?version=" + (log.version() - 30),
            "/ops?after=" + (log.version() - 30))) {
            assertThat(driver.get(other, base + call).body()).isEqualTo(driver.get(one, base + call).body());
        }
    }

    private static Set<Long> kept(TestStack stack, String workspace) {
        Set<Long> versions = new TreeSet<>();
        try (TopicReader reader = new TopicReader(stack.bootstrapServers(), Topics.CANONICAL)) {
            reader.readToEnd().forEach(record -> {
                String key = new String(record.key(), StandardCharsets.UTF_8);
                if (record.value() != null && key.startsWith(workspace + "/")) {
                    versions.add(CanonicalKeys.parse(key).version());
                }
            });
        }
        return versions;
    }

    private static void compactEagerly(TestStack stack) throws Exception {
        try (Admin admin = stack.admin()) {
            admin.incrementalAlterConfigs(Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, Topics.CANONICAL), List.of(set("segment.ms", "500"),
                    set("min.cleanable.dirty.ratio", "0.01"), set("delete.retention.ms", "100")),
                new ConfigResource(ConfigResource.Type.BROKER, ""), List.of(set("log.cleaner.backoff.ms", "500"))))
                .all().get();
        }
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }
}
