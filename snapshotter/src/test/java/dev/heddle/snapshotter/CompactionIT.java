package dev.heddle.snapshotter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.teststack.Seeds;
import dev.heddle.teststack.TestStack;
import dev.heddle.teststack.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
            for (long version : List.of(head, head - 1, head - 20, head - 45)) {
                driver.assertTexts(oldTimer, log, version);
                driver.assertTexts(fresh, log, version);
            }
            driver.assertProblem(fresh, "/workspaces/" + log.workspace() + "/ops?after=5", 410, "BASE_TOO_OLD");
            log.step();
            driver.send(log.operations().subList((int) head, (int) head + 1));
            driver.assertTexts(fresh, log, head + 1);
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
