package dev.heddle.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.schemas.topic.PlaceKind;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.teststack.ClientOps;
import dev.heddle.teststack.OpsProducer;
import dev.heddle.teststack.TestStack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two whole gateways on a real broker and a real registry; ordering and reads are the engine's, in the test. */
class GatewayServiceIT {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static TestStack stack;
    private static TinySequencer sequencer;
    private static GatewayService first;
    private static GatewayService second;

    @BeforeAll
    static void start() {
        stack = TestStack.start();
        sequencer = new TinySequencer(stack.bootstrapServers(), stack.registryUrl(), 4, "tiny");
        first = gateway(Map.of());
        second = gateway(Map.of());
        Awaitility.await().atMost(PATIENCE).until(() -> first.ready() && second.ready());
    }

    private static GatewayService gateway(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(TestGateway.settings(Map.of(
            "bootstrap.servers", stack.bootstrapServers(), "schema.registry.url", stack.registryUrl(),
            GatewayConfig.SNAPSHOTTER_URLS, "http://127.0.0.1:1," + sequencer.readUrl(),
            GatewayConfig.PROBE_MS, "500")));
        settings.putAll(more);
        GatewayService service = new GatewayService(settings);
        service.start();
        return service;
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
        sequencer.close();
        stack.close();
    }

    private static HttpResponse<String> call(GatewayService gateway, String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
            .method(method, body == null ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body)).build();
        return HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
    }

    private static String workspace() {
        String name = TestStack.workspace("gate");
        assertThat(call(first, "POST", "/api/workspaces", "{\"name\":\"" + name + "\"}").statusCode()).isEqualTo(201);
        Awaitility.await().until(() -> call(second, "GET", "/api/workspaces/" + name, null).statusCode() == 200);
        return name;
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }

    @Test
    void shouldMakeTheTopicOfAWorkspaceWithOnePartition() throws Exception {
        String name = workspace();
        String topic = json(call(second, "GET", "/api/workspaces/" + name, null).body()).at("/topics/ops").asText();
        assertThat(topic).isEqualTo(Topics.opsTopic(name, 4));
        try (Admin admin = stack.admin()) {
            TopicDescription description = admin.describeTopics(List.of(topic)).allTopicNames().get()
                .get(topic);
            assertThat(description.partitions()).hasSize(1);
        }
        assertThat(call(second, "POST", "/api/workspaces", "{\"name\":\"" + name + "\"}").statusCode()).isEqualTo(200);
        assertThat(call(first, "GET", "/api/workspaces", null).body()).doesNotContain("heddle-probe");
    }

    @Test
    void shouldWriteToTheSharedTopicWhenAWorkspaceIsPlacedThere() {
        String name = TestStack.workspace("shared");
        JsonNode made = json(call(first, "POST", "/api/workspaces", "{\"name\":\"" + name
            + "\",\"place\":\"shared\"}").body());
        assertThat(made.at("/topics/ops").asText()).isEqualTo(Topics.opsTopic(name, 4, PlaceKind.SHARED));
        Awaitility.await().until(() -> call(second, "GET", "/api/workspaces/" + name, null).statusCode() == 200);
        assertThat(call(second, "PUT", "/api/workspaces/" + name + "/files/a.txt", "at home").statusCode())
            .isEqualTo(201);
        assertThat(call(first, "GET", "/api/workspaces/" + name + "/files/a.txt", null).body()).isEqualTo("at home");
    }

    @Test
    void shouldShowOperationsOfOneGatewayOnTheOther() {
        String name = workspace();
        try (TestClient here = TestClient.connect(first.port(), name);
             TestClient there = TestClient.connect(second.port(), name)) {
            here.welcome();
            there.welcome();
            assertThat(call(first, "PUT", "/api/workspaces/" + name + "/files/a.txt", "hi \uD83D\uDE00").statusCode())
                .isEqualTo(201);
            assertThat(here.next("op")).isEqualTo(there.next("op"));
            assertThat(call(second, "GET", "/api/workspaces/" + name + "/files/a.txt", null).body())
                .isEqualTo("hi \uD83D\uDE00");
            here.send("{\"type\":\"presence\",\"state\":\"typing\"}");
            assertThat(there.next("presence").path("session").asText()).isEqualTo(here.session);
            here.abort();
            assertThat(there.next("presence").path("left").asBoolean()).isTrue();
        }
    }

    @Test
    void shouldResumeOnTheOtherGatewayWithEachOperationOnce() {
        String name = workspace();
        String session;
        try (TestClient client = TestClient.connect(first.port(), name)) {
            session = client.session;
            client.welcome();
            client.submit(1, 0, "{\"kind\":\"create\",\"path\":\"a\",\"text\":\"\"}");
            client.next("op");
            client.submit(2, 1, "{\"kind\":\"create\",\"path\":\"b\",\"text\":\"\"}");
            client.abort();
        }
        try (TestClient again = TestClient.connect(second.port(), name, session)) {
            again.hello(",\"resume\":1");
            again.next("welcome");
            again.submit(2, 1, "{\"kind\":\"create\",\"path\":\"b\",\"text\":\"\"}");
            assertThat(again.next("op").path("version").asLong()).isEqualTo(2);
            again.submit(3, 2, "{\"kind\":\"create\",\"path\":\"c\",\"text\":\"\"}");
            JsonNode third = again.next("op");
            while (third.path("seq").asLong() == 2) {
                third = again.next("op");
            }
            assertThat(third.path("version").asLong()).isEqualTo(3);
        }
    }

    @Test
    void shouldSendOperationsOfKafkaClientsToSocketsAndRejectionsToNobodyElse() {
        String name = workspace();
        try (TestClient client = TestClient.connect(second.port(), name);
             OpsProducer kafka = new OpsProducer(stack.bootstrapServers(), stack.registryUrl())) {
            client.welcome();
            String session = UUID.randomUUID().toString();
            kafka.send(Topics.opsTopic(name, 4), ClientOps.of(session, 5, 0, ClientOps.create("gap", "")));
            kafka.send(Topics.opsTopic(name, 4), ClientOps.of(session, 1, 0, ClientOps.create("a.txt", "from Kafka")));
            kafka.flush();
            JsonNode op = client.next();
            assertThat(op.path("type").asText()).isEqualTo("op");
            assertThat(op.path("session").asText()).isEqualTo(session);
            assertThat(call(second, "GET", "/api/workspaces/" + name + "/files/a.txt", null).body())
                .isEqualTo("from Kafka");
        }
    }

    @Test
    void shouldGoOnWhenGarbageLiesOnTheTopicsItReads() {
        String name = workspace();
        try (KafkaProducer<String, byte[]> kafka = new KafkaProducer<>(Map.of("bootstrap.servers",
            stack.bootstrapServers()), new StringSerializer(), new ByteArraySerializer());
             TestClient client = TestClient.connect(first.port(), name)) {
            client.welcome();
            for (String topic : List.of(Topics.CANONICAL, Topics.REJECTIONS, Topics.PRESENCE, Topics.WORKSPACES)) {
                for (String key : List.of(name, "?", name + "/00000000000000000001", name + "/" + client.session)) {
                    kafka.send(new ProducerRecord<>(topic, key, new byte[] {1, 2, 3}));
                    kafka.send(new ProducerRecord<>(topic, key + "-none", null));
                }
            }
            kafka.flush();
            client.submit(1, 0, "{\"kind\":\"create\",\"path\":\"a\",\"text\":\"\"}");
            client.next("op");
            client.submit(2, 1, "{\"kind\":\"delete\",\"path\":\"none\"}");
            assertThat(client.next("rejected").path("code").asText()).isEqualTo("UNKNOWN_FILE");
        }
        workspace();
    }

    @Test
    void shouldRefuseWorkspaceAboveTheLimit() {
        workspace();
        GatewayService full = gateway(Map.of(GatewayConfig.WORKSPACES_MAX, "1"));
        try {
            Awaitility.await().atMost(PATIENCE).until(full::ready);
            HttpResponse<String> response = call(full, "POST", "/api/workspaces", "{\"name\":\"one-too-many\"}");
            assertThat(response.statusCode()).isEqualTo(429);
            assertThat(json(response.body()).path("code").asText()).isEqualTo("LIMIT_REACHED");
        } finally {
            full.close();
        }
    }

    @Test
    void shouldNotBeReadyWhenNobodyOrdersOperations() {
        Map<String, String> other = Map.of("heddle.shards", "4", GatewayConfig.SNAPSHOTTER_URLS, "http://127.0.0.1:1");
        GatewayService lonely = gateway(other);
        try {
            assertThat(call(lonely, "GET", "/health/live", null).statusCode()).isEqualTo(200);
            HttpResponse<String> ready = call(lonely, "GET", "/health/ready", null);
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("reasons");
            assertThat(lonely.ready()).isFalse();
        } finally {
            lonely.close();
        }
        assertThatThrownBy(() -> new GatewayService(Map.of()))
            .isInstanceOf(ConfigException.class);
    }
}
