package dev.heddle.testkit.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.heddle.schemas.serde.SchemaRegistration;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import dev.heddle.schemas.topic.TopicAdmin;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.teststack.TestStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The doctor on a real broker and registry with faults planted one by one; services speak through their metrics. */
class DoctorIT {

    private static TestStack stack;

    private record Examined(int exitCode, JsonNode report) {

        String details(String level) {
            StringBuilder text = new StringBuilder();
            report.path("findings").forEach(finding -> {
                if (finding.path("level").asText().equals(level)) {
                    assertThat(finding.path("advice").asText().isEmpty()).as("what to do: %s", finding)
                        .isEqualTo(level.equals("good"));
                    text.append(finding.path("check").asText()).append(": ").append(finding.path("detail").asText())
                        .append('\n');
                }
            });
            return text.toString();
        }
    }

    @BeforeAll
    static void start() {
        stack = TestStack.start();
        stack.registryUrl();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    private static HttpServer service(int status, String metrics) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Map.of("/health/ready", "{\"reasons\":{\"shard 00\":\"no answer\"}}", "/metrics", metrics)
            .forEach((path, body) -> server.createContext(path, exchange -> {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(path.equals("/metrics") ? 200 : status, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            }));
        server.start();
        return server;
    }

    private static String address(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static String metrics(String version, int shards, Duration ahead) {
        return "heddle_build_info{service=\"x\",version=\"" + version + "\"} 1.0\n"
            + "heddle_setting{name=\"heddle.shards\"} " + shards + "\nheddle_time_seconds "
            + (Clock.systemUTC().millis() + ahead.toMillis()) / 1_000.0 + "\n";
    }

    private static Examined doctor(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--kafka", stack.bootstrapServers(), "--registry",
            stack.registryUrl()));
        arguments.addAll(List.of(more));
        return run(arguments);
    }

    private static Examined run(List<String> options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("doctor", "--json"));
        arguments.addAll(options);
        CommandLineRun run = CommandLineRun.of(arguments);
        return new Examined(run.exitCode(), run.report());
    }

    @Test
    void shouldNameEveryPlantedFaultAndSayWhatToDo() throws Exception {
        HttpServer gateway = service(200, metrics("1.0", 4, Duration.ZERO));
        HttpServer transformer = service(503, metrics("1.1", 8, Duration.ofMinutes(1)));
        try (Admin admin = stack.admin()) {
            Examined empty = doctor("--server", address(gateway));
            assertThat(empty.exitCode()).isEqualTo(1);
            assertThat(empty.details("fault")).contains("topics: topic heddle.canonical is missing")
                .contains("registry: ").contains("lacks [").contains("dev.heddle.ClientOp");

            SchemaRegistration.registerAll(SchemaRegistryClient.create(
                Map.of("schema.registry.url", stack.registryUrl())));
            new TopicAdmin(admin, (short) 1, Duration.ofSeconds(20)).ensure(Topics.shared(4));
            Examined made = doctor("--server", address(gateway));
            assertThat(made.details("fault")).doesNotContain("topics:").doesNotContain("registry:")
                .contains("lag: group heddle-transformer has no member");
            assertThat(made.details("good")).contains("each as it must be").contains("has all schemas")
                .contains("is ready").contains("1 broker answers").contains("version 1.0");

            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, Topics.CANONICAL),
                List.of(new AlterConfigOp(new ConfigEntry("cleanup.policy", "delete"), AlterConfigOp.OpType.SET))))
                .all().get();
            admin.createTopics(List.of(new NewTopic("heddle.ops.00.wide", 3, (short) 1),
                new NewTopic("heddle.ops.77.far", 1, (short) 1))).all().get();
            Examined planted = doctor("--server", address(gateway), "--service", address(transformer), "--service",
                "http://127.0.0.1:1");
            assertThat(planted.exitCode()).isEqualTo(1);
            assertThat(planted.report().path("healthy").asBoolean()).isFalse();
            assertThat(planted.details("fault"))
                .contains("topic heddle.canonical has cleanup.policy=delete")
                .contains("topic heddle.ops.00.wide has 3 partitions (expected: 1)")
                .contains("settings: heddle.shards differs: ").contains("4 at ").contains("8 at ")
                .contains("is not ready: {\"reasons\"").contains("http://127.0.0.1:1 does not answer");
            assertThat(planted.details("warning")).contains("topic heddle.ops.77.far is no raw log")
                .contains("clocks: ").contains("ahead of this machine").contains("versions: services are of several");
            // One fault is told once: what rests on the right number is looked at all the same.
            assertThat(doctor("--server", address(gateway), "--shards", "8").details("fault"))
                .contains("topic heddle.canonical has 4 partitions (expected: 8)")
                .doesNotContain("could not be looked at");
        } finally {
            gateway.stop(0);
            transformer.stop(0);
        }
    }

    @Test
    void shouldGoOnWhereNothingAnswers() throws Exception {
        Examined alone = run(List.of("--kafka", "127.0.0.1:1", "--registry", "http://127.0.0.1:1", "--server",
            "http://127.0.0.1:1"));
        assertThat(alone.exitCode()).isEqualTo(1);
        assertThat(alone.details("fault")).contains("broker: no broker at 127.0.0.1:1").contains("registry: ")
            .contains("services: ");
    }
}
