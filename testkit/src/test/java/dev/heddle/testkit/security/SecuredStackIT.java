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
import dev.heddle.transformer.TransformerConfig;
import dev.heddle.transformer.TransformerService;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
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
}
