package dev.heddle.testkit.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.Snapshot;
import dev.heddle.engine.text.Change;
import dev.heddle.teststack.HeddleRest;
import dev.heddle.teststack.HeddleSocket;
import dev.heddle.teststack.Seeds;
import dev.heddle.teststack.TestStack;
import dev.heddle.teststack.TopicReader;
import dev.heddle.teststack.WireCodec;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * {@code compose/compose.yaml} as processes of this machine: every service's own command, exactly the environment
 * written there, its own health check, in its own order; and the end-to-end check over it.
 */
class ComposeLayoutST {

    private static final Path COMPOSE = Path.of(System.getProperty("heddle.root"), "compose");

    private static LocalLayout layout;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Map<String, String> variables = ComposeFile.variables(COMPOSE.resolve(".env.example"));
        variables.put("GRAFANA_PASSWORD", "not-used-here");
        layout = new LocalLayout(ComposeFile.read(COMPOSE.resolve("compose.yaml"), variables),
            Seeds.random("ComposeLayoutST"));
        layout.assumeAddresses();
        layout.start();
    }

    @AfterAll
    static void stop() throws IOException {
        layout.close();
    }

    /** The way in: the load balancer where this machine has one, else a gateway. */
    private static HeddleRest door() {
        return new HeddleRest(layout.runs("balancer") ? layout.address("balancer", 8080) : gateway(1));
    }

    private static String gateway(int number) {
        return layout.address("gateway-" + number, 8080);
    }

    private static String brokers() {
        return layout.address("kafka-1", 19092) + "," + layout.address("kafka-2", 29092);
    }

    @Test
    void shouldBringWritersOnTwoGatewaysToOneText() {
        String workspace = TestStack.workspace("compose");
        HeddleRest rest = door();
        rest.createWorkspace(workspace);
        String file = rest.put(workspace, "a.txt", "").get("file").textValue();
        try (HeddleSocket one = new HeddleSocket(gateway(1), workspace, UUID.randomUUID().toString());
             HeddleSocket two = new HeddleSocket(gateway(2), workspace, UUID.randomUUID().toString())) {
            one.open("a.txt");
            two.open("a.txt");
            for (int i = 0; i < 20; i++) {
                one.edit(file, List.of(new Change(0, 0, "a")));
                two.edit(file, List.of(new Change(0, 0, "b")));
            }
            one.awaitSettled();
            two.awaitSettled();
            long version = Math.max(one.version(), two.version());
            one.awaitVersion(version);
            two.awaitVersion(version);
            assertThat(one.text(file)).isEqualTo(two.text(file)).hasSize(40);
            assertThat(one.text(file).chars().filter(c -> c == 'a').count()).isEqualTo(20);
            assertThat(rest.textAt(workspace, "a.txt", version)).isEqualTo(one.text(file));
            assertThat(snapshot(workspace, file)).isEqualTo(one.text(file));
        }
    }

    /** The newest text of a file in {@code heddle.snapshots}, once there is one as long. */
    private static String snapshot(String workspace, String file) {
        byte[] key = (workspace + "/" + file).getBytes(StandardCharsets.UTF_8);
        WireCodec codec = new WireCodec("http://" + layout.address("registry", 8080) + "/apis/ccompat/v7");
        try (TopicReader reader = new TopicReader(brokers(), "heddle.snapshots")) {
            StringBuilder newest = new StringBuilder();
            reader.readUntil(records -> {
                records.stream().filter(taken -> Arrays.equals(taken.key(), key) && taken.value() != null)
                    .forEach(taken -> newest.replace(0, newest.length(),
                        codec.decode(taken.value(), Snapshot.class).getText()));
                return newest.length() == 40;
            });
            return newest.toString();
        }
    }

    @Test
    void shouldKeepAWorkspaceOnOneGatewayAndUseBoth() {
        assumeTrue(layout.runs("balancer"), "haproxy is not installed on this machine");
        HeddleRest rest = door();
        Set<String> used = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            String workspace = TestStack.workspace("kept");
            Set<String> gateways = new HashSet<>();
            for (String below : List.of("", "/files", "/files/src/none.txt", "/ops?after=0")) {
                HttpResponse<String> answer = rest.send("GET", "/api/workspaces/" + workspace + below, null);
                gateways.add(answer.headers().firstValue("Heddle-Gateway").orElseThrow(() ->
                    new AssertionError(below + ": " + answer.statusCode() + " " + answer.body())));
            }
            assertThat(gateways).as(workspace).hasSize(1);
            used.addAll(gateways);
        }
        assertThat(used).containsExactlyInAnyOrder("gateway-1", "gateway-2");
    }

    @Test
    void shouldKeepEveryTopicOnThreeBrokers() throws ExecutionException, InterruptedException {
        String workspace = TestStack.workspace("copies");
        door().createWorkspace(workspace);
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", brokers()))) {
            Set<String> names = admin.listTopics().names().get();
            assertThat(names).contains("heddle.canonical", "heddle.snapshots", "kafkasql-journal")
                .anyMatch(name -> name.endsWith(workspace)).anyMatch(name -> name.contains("changelog"));
            for (TopicDescription topic : admin.describeTopics(names).allTopicNames().get().values()) {
                assertThat(topic.partitions()).as(topic.name())
                    .allSatisfy(partition -> assertThat(partition.replicas()).hasSize(3));
            }
        }
    }

    @Test
    void shouldSpreadTheShardsOverBothInstances() {
        for (int number = 1; number <= 2; number++) {
            assertThat(samples("snapshotter-" + number, 8084, "heddle_snapshotter_shards")).first()
                .asString().endsWith(" 2.0");
        }
    }

    private static List<String> samples(String service, int port, String metric) {
        return new HeddleRest(layout.address(service, port)).send("GET", "/metrics", null).body().lines()
            .filter(line -> line.startsWith(metric)).toList();
    }

    @Test
    void shouldAnswerEveryQueryOfTheDashboardFromEveryInstance() throws IOException {
        assumeTrue(layout.runs("prometheus"), "prometheus is not installed on this machine");
        HeddleRest prometheus = new HeddleRest(layout.address("prometheus", 9090));
        await(() -> prometheus.json("/api/v1/targets").at("/data/activeTargets"), targets -> targets.size() == 7
            && targets.findValuesAsText("health").stream().allMatch("up"::equals));
        for (String query : Dashboard.queries(COMPOSE.resolve("grafana/dashboards/heddle.json"))) {
            String address = "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
            // Only what is filtered to be more than nothing may be nothing.
            await(() -> prometheus.json(address).at("/data/result"),
                result -> !result.isEmpty() || query.endsWith("> 0"));
        }
    }

    private static void await(Supplier<JsonNode> asked, Predicate<JsonNode> wanted) {
        long start = System.nanoTime();
        JsonNode answer = asked.get();
        while (!wanted.test(answer)) {
            assertThat(System.nanoTime() - start).as("%s", answer).isLessThan(TimeUnit.SECONDS.toNanos(60));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
            answer = asked.get();
        }
    }
}
