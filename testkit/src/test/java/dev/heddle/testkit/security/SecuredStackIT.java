package dev.heddle.testkit.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.CanonicalOp;
import dev.heddle.embedded.EmbeddedRegistry;
import dev.heddle.gateway.AccessConfig;
import dev.heddle.gateway.GatewayConfig;
import dev.heddle.gateway.GatewayService;
import dev.heddle.schemas.codec.Via;
import dev.heddle.schemas.config.CommonConfig;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import dev.heddle.schemas.topic.ServiceRights;
import dev.heddle.schemas.topic.ServiceRights.User;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.snapshotter.SnapshotterConfig;
import dev.heddle.snapshotter.SnapshotterService;
import dev.heddle.teststack.ClientOps;
import dev.heddle.teststack.OpsProducer;
import dev.heddle.teststack.TestCertificate;
import dev.heddle.testkit.doctor.CommandLineRun;
import dev.heddle.transformer.TransformerConfig;
import dev.heddle.transformer.TransformerService;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole system on a broker with SASL_SSL and ACLs, behind a gateway with TLS and tokens: each service has a name of
 * its own, with the rights of the reference page and no others.
 */
class SecuredStackIT {

    private static final int SHARDS = 1;
    private static final String SECRET = "the shared secret of tokens in this test";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private static Path folder;
    private static TestCertificate certificate;
    private static SecuredKafka kafka;
    private static EmbeddedRegistry registry;
    private static TransformerService transformer;
    private static SnapshotterService snapshotter;
    private static GatewayService gateway;

    @BeforeAll
    static void start() throws Exception {
        certificate = TestCertificate.make(folder, "localhost");
        kafka = new SecuredKafka(folder, certificate);
        registry = EmbeddedRegistry.builder(folder.resolve("registry")).start();
        List<AclBinding> acls = new ArrayList<>();
        for (User user : User.values()) {
            acls.addAll(ServiceRights.bindings(user, "User:" + user));
        }
        acls.addAll(ServiceRights.bindings(User.GATEWAY, "User:nobody").stream()
            .filter(acl -> !acl.pattern().name().equals("heddle.ops.")).toList());
        acls.addAll(clientWrites());
        try (Admin admin = kafka.admin()) {
            admin.createAcls(acls).all().get();
        }
        gateway = new GatewayService(gatewaySettings(User.GATEWAY.name(), 0));
        gateway.start();
        transformer = new TransformerService(settings(User.TRANSFORMER.name(), Map.of(
            "state.dir", folder.resolve("transformer").toString(), TransformerConfig.HTTP_PORT, "0")));
        transformer.start();
        snapshotter = new SnapshotterService(settings(User.SNAPSHOTTER.name(), Map.of(
            "state.dir", folder.resolve("snapshotter").toString(), SnapshotterConfig.HTTP_PORT, "0",
            SnapshotterConfig.HTTP_HOST, "127.0.0.1", SnapshotterConfig.ADVERTISED_HOST, "127.0.0.1")));
        snapshotter.start();
        gateway.close();
        gateway = new GatewayService(gatewaySettings(User.GATEWAY.name(), snapshotter.port()));
        gateway.start();
        Awaitility.await().atMost(PATIENCE).until(gateway::ready);
    }

    /** The page's row for clients has the topic of one workspace; here it is one of this test's. */
    private static List<AclBinding> clientWrites() {
        return ServiceRights.bindings(User.CLIENT, "User:CLIENT").stream()
            .filter(acl -> acl.pattern().name().contains("<shard>"))
            .map(acl -> new AclBinding(new ResourcePattern(
                acl.pattern().resourceType(), Topics.opsTopic("team-b", SHARDS), acl.pattern().patternType()),
                acl.entry())).toList();
    }

    private static Map<String, String> settings(String user, Map<String, String> more) throws Exception {
        Map<String, String> settings = kafka.settings(user);
        settings.put("schema.registry.url", registry.url());
        settings.put(CommonConfig.SHARDS, String.valueOf(SHARDS));
        settings.put(CommonConfig.REPLICATION_FACTOR, "1");
        settings.put(CommonConfig.SIGNING_KEY_FILE, Files.writeString(folder.resolve("signing"),
            "a key that gateways and transformers share\n").toString());
        settings.putAll(more);
        return settings;
    }

    private static Map<String, String> gatewaySettings(String user, int snapshotterPort) throws Exception {
        Path secret = Files.writeString(folder.resolve("tokens"), SECRET);
        return settings(user, Map.of(GatewayConfig.PORT, "0", GatewayConfig.SNAPSHOTTER_URLS,
            "http://127.0.0.1:" + snapshotterPort, GatewayConfig.PROBE_MS, "500",
            GatewayConfig.TLS_CERTIFICATE_FILE, certificate.certificate().toString(),
            GatewayConfig.TLS_KEY_FILE, certificate.key().toString(), AccessConfig.SECRET_FILE, secret.toString()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        snapshotter.close();
        transformer.close();
        registry.close();
        kafka.close();
    }

    private static String token(String subject) {
        return Jwts.builder().subject(subject).claim("heddle_write", List.of("team-*"))
            .expiration(new Date(new Date().getTime() + 600_000))
            .signWith(Keys.hmacShaKeyFor(SECRET.getBytes(StandardCharsets.UTF_8)), Jwts.SIG.HS256).compact();
    }

    private static HttpResponse<String> call(GatewayService to, String method, String path, String body)
        throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + to.port() + path))
            .header("Authorization", "Bearer " + token("ada"))
            .method(method, body == null ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body)).build();
        return HttpClient.newBuilder().sslContext(certificate.trusting()).build()
            .send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static void create(String workspace) throws Exception {
        HttpResponse<String> created = call(gateway, "POST", "/api/workspaces", "{\"name\":\"" + workspace + "\"}");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    }

    private static TokenSocket socket(String workspace, String subject) {
        return new TokenSocket(certificate.trusting(), gateway.port(), workspace, token(subject));
    }

    @Test
    void shouldCarryTypingAndItsTraceFromSocketToSocket() throws Exception {
        create("team-a");
        String trace = "0af7651916cd43dd8448eb211c80319c";
        try (TokenSocket ada = socket("team-a", "ada"); TokenSocket bob = socket("team-a", "bob")) {
            ada.next("welcome");
            bob.next("welcome");
            ada.send("{\"type\":\"submit\",\"seq\":1,\"base\":0,\"traceparent\":\"00-" + trace
                + "-b7ad6b7169203331-01\",\"op\":{\"kind\":\"create\",\"path\":\"a.txt\",\"text\":\"typed\"}}");
            JsonNode seen = bob.next("op");
            assertThat(seen.path("author").asText()).isEqualTo("ada");
            assertThat(seen.path("traceparent").asText()).contains(trace);
            bob.send("{\"type\":\"submit\",\"seq\":1,\"base\":1,\"op\":{\"kind\":\"noop\"}}");
            ada.next("op");
            JsonNode answered = ada.next("op");
            assertThat(answered.path("traceparent").asText()).as("a trace of its own begins where none was given")
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-9a-f]").doesNotContain(trace);
        }
        HttpResponse<String> read = call(gateway, "GET", "/api/workspaces/team-a/files/a.txt", null);
        assertThat(read.body()).isEqualTo("typed");
        List<ConsumerRecord<String, byte[]>> canonical = canonical("team-a", 2);
        Header header = canonical.get(0).headers().lastHeader("traceparent");
        assertThat(header.value()).asString(StandardCharsets.US_ASCII).contains(trace);
    }

    @Test
    void shouldSayWhatCameStraightFromKafkaWhateverItsWriterClaims() throws Exception {
        create("team-b");
        String topic = Topics.opsTopic("team-b", SHARDS);
        String session = "0c0c0c0c-0000-4000-8000-000000000003";
        try (TokenSocket ada = socket("team-b", "ada");
             OpsProducer direct = new OpsProducer(kafka.settings("CLIENT"), registry.url())) {
            ada.next("welcome");
            ada.send("{\"type\":\"submit\",\"seq\":1,\"base\":0,\"op\":{\"kind\":\"noop\"}}");
            ada.next("op");
            direct.send(topic, ClientOps.of(session, 1, 0, ClientOps.create("x", "")), Via.HEADER,
                Via.UNSIGNED.header(topic, new byte[0]));
            assertThat(ada.next("op").path("session").asText()).isEqualTo(session);
        }
        HeddleSerdes serdes = HeddleSerdes.of(SchemaRegistryClient.create(Map.of("schema.registry.url",
            registry.url())));
        assertThat(canonical("team-b", 2)).extracting(record -> serdes.canonicalOp().deserializer()
            .deserialize(record.topic(), record.value())).extracting(CanonicalOp::getVersion, CanonicalOp::getVia)
            .containsExactly(tuple(1L, "gateway"), tuple(2L, "kafka"));
    }

    /** What came both ways is proved alike, by an operator with a name and rights of its own. */
    @Test
    void shouldProveAWorkspaceWrittenBothWays() throws Exception {
        create("team-d");
        assertThat(call(gateway, "PUT", "/api/workspaces/team-d/files/a", "text").statusCode()).isEqualTo(201);
        Path file = folder.resolve("operator.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            Properties properties = new Properties();
            properties.putAll(kafka.settings("OPERATOR"));
            properties.setProperty(CommonConfig.SHARDS, String.valueOf(SHARDS));
            properties.store(writer, null);
        }
        List<String> where = List.of("--json", "--kafka", kafka.settings("OPERATOR").get("bootstrap.servers"),
            "--registry", registry.url(), "--settings", file.toString());
        List<String> verify = new ArrayList<>(List.of("verify", "team-d"));
        verify.addAll(where);
        CommandLineRun proof = CommandLineRun.of(verify);
        assertThat(proof.exitCode()).as(proof.error() + proof.report()).isZero();
        assertThat(proof.report().path("proven").asBoolean()).isTrue();
        List<String> doctor = new ArrayList<>(List.of("doctor", "--server",
            "http://127.0.0.1:" + transformer.port(), "--service", "http://127.0.0.1:" + snapshotter.port()));
        doctor.addAll(where);
        CommandLineRun health = CommandLineRun.of(doctor);
        assertThat(health.exitCode()).as(health.error() + health.report()).isZero();
        assertThat(health.report().toString()).contains("settings that must be alike are").contains("1 member");
    }

    private static List<ConsumerRecord<String, byte[]>> canonical(String workspace, int count) {
        Map<String, Object> settings = new HashMap<>(kafka.settings("OPERATOR"));
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(settings, new StringDeserializer(),
            new ByteArrayDeserializer())) {
            List<TopicPartition> all = List.of(new TopicPartition(Topics.CANONICAL, 0));
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Awaitility.await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (record.key().startsWith(workspace + "/") && record.value() != null) {
                        found.add(record);
                    }
                });
                return found.size() >= count;
            });
        }
        return found;
    }

    @Test
    void shouldFailClearlyWhenAServiceLacksItsRights() throws Exception {
        try (TransformerService stranger = new TransformerService(settings("CLIENT", Map.of(
            "state.dir", folder.resolve("stranger").toString(), TransformerConfig.HTTP_PORT, "0")))) {
            assertThatThrownBy(stranger::start).hasMessageContaining("heddle.").hasMessageContaining("uthoriz");
        }
        try (GatewayService mute = new GatewayService(gatewaySettings("nobody", snapshotter.port()))) {
            mute.start();
            Awaitility.await().atMost(PATIENCE).until(() ->
                mute.faults().toString().contains("Not authorized to access topics: [heddle.ops."));
            assertThat(call(mute, "GET", "/health/ready", null).statusCode()).isEqualTo(503);
        }
    }

    private static String scrape(int port, boolean tls) throws Exception {
        HttpClient client = HttpClient.newBuilder().sslContext(certificate.trusting()).build();
        URI address = URI.create((tls ? "https" : "http") + "://localhost:" + port + "/metrics");
        return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private static Map<String, String> scrapes() throws Exception {
        return Map.of("gateway", scrape(gateway.port(), true), "transformer", scrape(transformer.port(), false),
            "snapshotter", scrape(snapshotter.port(), false));
    }

    @Test
    void shouldDescribeEveryMetricOnTheReferencePage() throws Exception {
        Map<String, String> scrapes = scrapes();
        scrapes.forEach((service, text) -> assertThat(MetricsPage.helpless(text)).as(service).isEmpty());
        assertThat(scrapes.get("transformer")).contains("kafka_stream_").contains("kafka_consumer_")
            .contains("kafka_producer_").doesNotContain("topic=\"heddle.ops.");
        assertThat(scrapes.get("gateway")).contains("kafka_producer_").contains("kafka_consumer_").contains("jvm_");
        Path page = root().resolve("docs/reference/metrics.md");
        String now = MetricsPage.markdown(scrapes);
        if ("update".equals(System.getProperty("heddle.golden"))) {
            Files.writeString(page, now);
        }
        assertThat(now).as("refresh with -Dheddle.golden=update").isEqualTo(Files.readString(page));
    }

    private static Path root() {
        return Path.of(System.getProperty("heddle.root"));
    }

    @Test
    void shouldAlertOnMetricsThatThereAreWithARunbookEach() throws Exception {
        String alerts = Files.readString(root().resolve("compose/prometheus/alerts.yml"));
        String all = String.join("\n", scrapes().values());
        List<String> metrics = Pattern.compile("\\bheddle_\\w+").matcher(alerts).results().map(MatchResult::group)
            .distinct().toList();
        assertThat(metrics).hasSizeGreaterThan(10)
            .allSatisfy(metric -> assertThat(all).containsPattern("(?m)^" + metric + "[{ ]"));
        List<String> names = Pattern.compile("- alert: (\\w+)").matcher(alerts).results()
            .map(hit -> hit.group(1)).toList();
        List<String> named = Pattern.compile("runbook: (\\S+)").matcher(alerts).results()
            .map(hit -> hit.group(1)).toList();
        assertThat(named).isEqualTo(names.stream().map(name -> "docs/operations/runbooks/" + name + ".md").toList());
        assertThat(named).allSatisfy(runbook -> assertThat(root().resolve(runbook)).exists());
        try (Stream<Path> pages = Files.list(root().resolve("docs/operations/runbooks"))) {
            assertThat(pages.map(page -> page.getFileName().toString().replace(".md", "")))
                .containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void shouldTellTheTruthAboutReadinessWhileATransformerIsAwayAndRestores() throws Exception {
        create("team-c");
        for (int i = 0; i < 20; i++) {
            call(gateway, "PUT", "/api/workspaces/team-c/files/f" + i, "text");
        }
        transformer.close();
        Awaitility.await().atMost(PATIENCE).until(() ->
            call(gateway, "GET", "/health/ready", null).statusCode() == 503);
        assertThat(call(gateway, "GET", "/health/live", null).statusCode()).as("nothing is wrong with the gateway")
            .isEqualTo(200);
        transformer = new TransformerService(settings(User.TRANSFORMER.name(), Map.of(
            "state.dir", folder.resolve("transformer-afresh").toString(), TransformerConfig.HTTP_PORT, "0")));
        transformer.start();
        List<String> seen = new ArrayList<>();
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
            HttpResponse<String> ready = health(transformer.port(), "ready");
            seen.add(ready.statusCode() + " " + ready.body());
            assertThat(health(transformer.port(), "live").statusCode()).isEqualTo(200);
            return ready.statusCode() == 200;
        });
        assertThat(seen.get(0)).as("before it has its shards").startsWith("503");
        assertThat(seen.get(seen.size() - 1)).contains("\"restoring\":0").contains("RUNNING");
        assertThat(scrape(transformer.port(), false)).containsPattern(
            "(?m)^heddle_transformer_restore_records_total [1-9]");
        Awaitility.await().atMost(PATIENCE).until(gateway::ready);
        assertThat(call(gateway, "PUT", "/api/workspaces/team-c/files/f0", "again").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldTellTheTruthAboutReadinessWhileASnapshotterRestores() throws Exception {
        create("team-e");
        call(gateway, "PUT", "/api/workspaces/team-e/files/a", "kept");
        int port = snapshotter.port();
        snapshotter.close();
        snapshotter = new SnapshotterService(settings(User.SNAPSHOTTER.name(), Map.of(
            "state.dir", folder.resolve("snapshotter-afresh").toString(), SnapshotterConfig.HTTP_PORT,
            String.valueOf(port), SnapshotterConfig.HTTP_HOST, "127.0.0.1", SnapshotterConfig.ADVERTISED_HOST,
            "127.0.0.1")));
        snapshotter.start();
        assertThat(health(port, "ready").statusCode()).as("before it has its shards").isEqualTo(503);
        assertThat(health(port, "live").statusCode()).isEqualTo(200);
        Awaitility.await().atMost(PATIENCE).until(() -> health(port, "ready").statusCode() == 200);
        HttpResponse<String> read = call(gateway, "GET", "/api/workspaces/team-e/files/a", null);
        assertThat(read.body()).isEqualTo("kept");
        Awaitility.await().atMost(PATIENCE).until(gateway::ready);
    }

    private static HttpResponse<String> health(int port, String what) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
            + port + "/health/" + what)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
