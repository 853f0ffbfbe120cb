package dev.heddle.snapshotter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.TopicAdmin;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.teststack.TestStack;
import dev.heddle.teststack.WireCodec;
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
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Services on a real stack, a plain producer of canonical operations, and reads compared with what must come out. */
final class ServiceDriver implements AutoCloseable {

    static final int SHARDS = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    final WireCodec codec;
    final KafkaProducer<byte[], byte[]> producer;
    private final TestStack stack;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<SnapshotterService> running = new ArrayList<>();

    ServiceDriver(TestStack stack) {
        this.stack = stack;
        codec = new WireCodec(stack.registryUrl());
        try (Admin admin = stack.admin()) {
            new TopicAdmin(admin, (short) 1, Duration.ofSeconds(20)).ensure(Topics.shared(SHARDS));
        }
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", stack.bootstrapServers(), "linger.ms", 0),
            new ByteArraySerializer(), new ByteArraySerializer());
    }

    SnapshotterService start(String group, Path stateDirectory, Map<String, String> more) {
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

    long send(List<CanonicalOperation> operations) throws Exception {
        RecordMetadata last = null;
        for (CanonicalOperation operation : operations) {
            last = producer.send(new ProducerRecord<>(Topics.CANONICAL, Shards.of(operation.workspace(), SHARDS),
                CanonicalKeys.format(operation.workspace(), operation.version()).getBytes(StandardCharsets.UTF_8),
                codec.encode(OperationCodec.canonicalOp(operation)))).get();
        }
        return last == null ? 0 : last.offset() + 1;
    }

    HttpResponse<String> get(SnapshotterService service, String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
    }

    JsonNode json(SnapshotterService service, String path) throws Exception {
        HttpResponse<String> answer = get(service, path);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    void assertTexts(SnapshotterService service, RandomLog log, long version) throws Exception {
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

    /** As {@link #assertTexts}, and who wrote what. */
    void assertReads(SnapshotterService service, RandomLog log, long version) throws Exception {
        assertTexts(service, log, version);
        for (RandomLog.Expected file : log.at(version).values()) {
            String path = URLEncoder.encode(file.path(), StandardCharsets.UTF_8);
            String call = "/workspaces/" + log.workspace() + "/files/" + path + "/blame?version=" + version;
            assertBlame(json(service, call), version, file);
        }
    }

    static void assertBlame(JsonNode blame, long version, RandomLog.Expected file) {
        assertThat(blame.get("version").asLong()).isEqualTo(version);
        StringBuilder text = new StringBuilder();
        List<Long> versions = new ArrayList<>();
        blame.get("runs").forEach(run -> {
            text.append(run.get("text").asText());
            run.get("text").asText().codePoints().forEach(point -> versions.add(run.get("version").asLong()));
            assertThat(run.get("author").asText()).isEqualTo("author-" + run.get("session").asText().charAt(0));
            assertThat(run.get("time").asLong()).isEqualTo(1_700_000_000_000L + 1_000 * run.get("version").asLong());
        });
        assertThat(text.toString()).isEqualTo(file.text());
        assertThat(versions).isEqualTo(file.points().stream().map(RandomLog.Point::version).toList());
    }

    void assertOperations(SnapshotterService service, RandomLog log) throws Exception {
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

    double held(SnapshotterService service) throws Exception {
        return get(service, "/metrics").body().lines().filter(line -> line.startsWith("heddle_snapshotter_shards "))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ')))).findFirst().orElse(-1);
    }

    void assertProblem(SnapshotterService service, String path, int status, String code) throws Exception {
        HttpResponse<String> answer = get(service, path);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(JSON.readTree(answer.body()).get("code").asText()).isEqualTo(code);
    }

    void closeServices() {
        running.forEach(SnapshotterService::close);
        running.clear();
    }

    @Override
    public void close() {
        closeServices();
        producer.close();
    }
}
