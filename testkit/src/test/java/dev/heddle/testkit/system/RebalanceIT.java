package dev.heddle.testkit.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.embedded.Ports;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.snapshotter.SnapshotterService;
import dev.heddle.teststack.HeddleRest;
import dev.heddle.teststack.TestStack;
import dev.heddle.transformer.TransformerService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two live instances of a service between which shards move: what each says of itself, and the gateway of both, is what
 * a client then finds.
 */
class RebalanceIT {

    private static final int SHARDS = 4;
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String LINE = "a line of text\n";

    private LocalHeddle heddle;
    private final Map<Integer, String> workspaces = new TreeMap<>();

    @BeforeEach
    void start() {
        heddle = LocalHeddle.start(Map.of("heddle.gateway.probe.interval.ms", "1500"));
        while (workspaces.size() < SHARDS) {
            String name = TestStack.workspace("rebalance");
            workspaces.putIfAbsent(Shards.of(name, SHARDS), name);
        }
        workspaces.values().forEach(heddle.rest()::createWorkspace);
        workspaces.values().forEach(name -> heddle.rest().put(name, "a.txt", LINE));
    }

    @AfterEach
    void stop() {
        heddle.close();
    }

    @Test
    void shouldSayOfATransformerThatItIsReadyExactlyWhileItOrdersWhatItWasGiven() throws Exception {
        Set<String> before = members("heddle-transformer").keySet();
        RestoreGate gate = new RestoreGate("transformer");
        HeddleRest old = new HeddleRest(heddle.transformer());
        int port = Ports.free();
        try (Watcher watcher = new Watcher("127.0.0.1:" + port);
             TransformerService second = new TransformerService(gate.settings(heddle.settings(Map.of(
                "heddle.transformer.http.port", String.valueOf(port), "state.dir",
                heddle.stack().newDirectory().toString()))))) {
            second.start();
            HeddleRest young = new HeddleRest("127.0.0.1:" + port);
            await().atMost(LONG).until(() -> health(young).get("restoring").longValue() > 0);
            await().atMost(LONG).until(() -> !given("heddle-transformer", before).isEmpty());
            Set<Integer> moved = given("heddle-transformer", before);
            assertThat(moved).isNotEmpty().hasSizeLessThan(SHARDS);

            // Who restores says no and how much is left, who goes on with what it kept says yes, the gateway sees both.
            assertThat(status(young, "/health/ready")).isEqualTo(503);
            assertThat(status(young, "/health/live")).isEqualTo(200);
            assertThat(metric(young, "heddle_transformer_ready")).isZero();
            assertThat(metric(young, "heddle_transformer_restore_left_records")).isPositive();
            await().atMost(LONG).until(() -> status(old, "/health/ready") == 200);
            await().atMost(LONG).untilAsserted(() -> assertThat(shardsNotOrdered()).isEqualTo(moved));
            workspaces.forEach((shard, name) -> assertThat(edit(name).statusCode()).as("shard %s, moved: %s", shard,
                moved).isEqualTo(moved.contains(shard) ? 503 : 200));
            // Not even while it ran and the others had not let go of anything yet.
            assertThat(watcher.asked()).isPositive();
            assertThat(watcher.ready()).isZero();

            gate.open();
            await().atMost(LONG).until(() -> status(young, "/health/ready") == 200);
            assertThat(health(young).get("restoring").longValue()).isZero();
            await().atMost(LONG).until(() -> status(heddle.rest(), "/health/ready") == 200);
            workspaces.values().forEach(name -> assertThat(edit(name).statusCode()).isEqualTo(200));
            assertThat(metric(young, "heddle_transformer_ready")).isEqualTo(1);
        }

        // The first has all shards again: it says no while it has not, and what it says last is true of all.
        await().atMost(LONG).until(() -> members("heddle-transformer").keySet().equals(before));
        await().atMost(LONG).until(() -> status(old, "/health/ready") == 200
            && status(heddle.rest(), "/health/ready") == 200);
        workspaces.values().forEach(name -> assertThat(edit(name).statusCode()).isEqualTo(200));
    }

    @Test
    void shouldSayOfASnapshotterThatItIsReadyExactlyWhileItAnswersReadsOfWhatItWasGiven() throws Exception {
        Set<String> before = members("heddle-snapshotter").keySet();
        RestoreGate gate = new RestoreGate("snapshotter");
        HeddleRest old = new HeddleRest(heddle.snapshotter());
        int port = Ports.free();
        try (Watcher watcher = new Watcher("127.0.0.1:" + port);
             SnapshotterService second = new SnapshotterService(gate.settings(heddle.settings(Map.of(
                "heddle.snapshotter.http.port", String.valueOf(port), "state.dir",
                heddle.stack().newDirectory().toString()))))) {
            second.start();
            HeddleRest young = new HeddleRest("127.0.0.1:" + port);
            await().atMost(LONG).until(() -> metric(young, "heddle_snapshotter_restore_left_records") > 0);
            await().atMost(LONG).until(() -> !given("heddle-snapshotter", before).isEmpty());
            Set<Integer> moved = given("heddle-snapshotter", before);
            assertThat(moved).isNotEmpty().hasSizeLessThan(SHARDS);

            assertThat(status(young, "/health/ready")).isEqualTo(503);
            assertThat(status(young, "/health/live")).isEqualTo(200);
            assertThat(metric(young, "heddle_snapshotter_ready")).isZero();
            await().atMost(LONG).until(() -> status(old, "/health/ready") == 200);
            workspaces.forEach((shard, name) -> assertThat(status(old, "/workspaces/" + name + "/files"))
                .as("shard %s, moved: %s", shard, moved).isEqualTo(moved.contains(shard) ? 503 : 200));
            // Not even while it ran and the others had not let go of anything yet.
            assertThat(watcher.asked()).isPositive();
            assertThat(watcher.ready()).isZero();

            gate.open();
            await().atMost(LONG).until(() -> status(young, "/health/ready") == 200);
            for (HeddleRest either : Set.of(old, young)) {
                workspaces.values().forEach(name -> await().atMost(LONG).until(() ->
                    status(either, "/workspaces/" + name + "/files") == 200));
            }
            assertThat(status(young, "/health/ready")).isEqualTo(200);
        }
        await().atMost(LONG).until(() -> members("heddle-snapshotter").keySet().equals(before));
        await().atMost(LONG).until(() -> status(old, "/health/ready") == 200);
        workspaces.values().forEach(name ->
            assertThat(status(old, "/workspaces/" + name + "/files")).isEqualTo(200));
    }

    private static JsonNode health(HeddleRest service) {
        return HeddleRest.parse(service.send("GET", "/health/ready", null).body());
    }

    private static int status(HeddleRest service, String path) {
        return service.send("GET", path, null).statusCode();
    }

    private static double metric(HeddleRest service, String name) {
        return service.send("GET", "/metrics", null).body().lines().filter(line -> line.startsWith(name + " "))
            .mapToDouble(line -> Double.parseDouble(line.substring(name.length()))).findFirst().orElseThrow();
    }

    private HttpResponse<String> edit(String workspace) {
        return heddle.rest().sendJson("PATCH", "/api/workspaces/" + workspace + "/files/a.txt",
            "{\"kind\":\"edit\",\"base\":1,\"changes\":[{\"at\":0,\"delete\":0,\"insert\":\"x\"}]}");
    }

    /** The shards of which the gateway says that nobody orders them. */
    private Set<Integer> shardsNotOrdered() {
        Set<Integer> shards = new TreeSet<>();
        health(heddle.rest()).path("reasons").fieldNames().forEachRemaining(reason ->
            shards.add(Integer.valueOf(reason.substring("shard ".length()))));
        return shards;
    }

    /** The shards that the group's younger members were given. */
    private Set<Integer> given(String group, Set<String> before) throws Exception {
        Map<String, Set<Integer>> younger = new HashMap<>(members(group));
        younger.keySet().removeAll(before);
        return younger.values().stream().flatMap(Collection::stream).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Who is in a group, and the shards each was given. */
    private Map<String, Set<Integer>> members(String group) throws ExecutionException, InterruptedException {
        Map<String, Set<Integer>> members = new HashMap<>();
        try (Admin admin = heddle.stack().admin()) {
            for (MemberDescription member : admin.describeConsumerGroups(Set.of(group)).describedGroups().get(group)
                    .get().members()) {
                Set<Integer> shards = new TreeSet<>();
                member.assignment().topicPartitions().forEach(partition -> {
                    if (partition.topic().equals("heddle.canonical")) {
                        shards.add(partition.partition());
                    } else if (partition.topic().matches("heddle\\.ops\\.\\d\\d.*")) {
                        shards.add(Integer.valueOf(partition.topic().substring(11, 13)));
                    }
                });
                members.put(member.consumerId(), shards);
            }
        }
        return members;
    }
}
