package dev.heddle.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.gateway.access.TestTokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens as clients meet them: the real server over a fake log. The fake log takes everything; the edge refuses. */
class TokenRulesTest {

    private static final long NOW_MS = new Date().getTime();
    private static final String ADA = token("ada", "a1", List.of("team-*"), List.of("docs"));
    private static final String READER = token("rita", "r1", List.of(), List.of("team-*"));
    private static final String NOOP = "{\"kind\":\"noop\"}";

    @TempDir
    private static Path folder;
    private static TestGateway gateway;

    private static String token(String subject, String id, List<String> write, List<String> read) {
        return TestTokens.signed(TestTokens.good(subject, NOW_MS).id(id).claim("heddle_write", write)
            .claim("heddle_read", read));
    }

    @BeforeAll
    static void start() {
        Path secret = TestTokens.file(folder, "secret", TestTokens.SECRET);
        gateway = new TestGateway(Map.of(AccessConfig.SECRET_FILE, secret.toString(), AccessConfig.REVOKED_FILE,
            TestTokens.file(folder, "revoked", "").toString(), AccessConfig.REFRESH_MS, "50"));
        assertThat(call("POST", "/api/workspaces", "{\"name\":\"team-a\"}", ADA).statusCode()).isEqualTo(201);
        String admin = token("root", "x", List.of("*"), List.of());
        assertThat(call("POST", "/api/workspaces", "{\"name\":\"docs\"}", admin).statusCode()).isEqualTo(201);
        assertThat(call("POST", "/api/workspaces", "{\"name\":\"secret\"}", admin).statusCode()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static HttpResponse<String> call(String method, String path, String body, String token) {
        return gateway.call(method, path, body, "Authorization", "Bearer " + token, "Heddle-Author", "mallory");
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(TestGateway.json(response).path("code").asText()).isEqualTo(code);
    }

    @Test
    void shouldRefuseCallsWithoutATokenOrWithABadOne() {
        HttpResponse<String> missing = gateway.call("GET", "/api/workspaces", null);
        assertProblem(missing, 401, "UNAUTHENTICATED");
        assertThat(missing.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
        assertProblem(call("GET", "/api/workspaces", null, "nonsense"), 401, "UNAUTHENTICATED");
        assertProblem(gateway.call("GET", "/api/workspaces", null, "Authorization", "Basic YTpi"), 401,
            "UNAUTHENTICATED");
        String old = TestTokens.signed(TestTokens.good("ada", NOW_MS).expiration(new Date(NOW_MS - 60_000)));
        assertProblem(call("GET", "/api/workspaces", null, old), 401, "TOKEN_ENDED");
        assertThat(gateway.call("GET", "/health/live", null).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldLetTokensDoWhatTheirClaimsSayAndNoMore() {
        assertThat(call("PUT", "/api/workspaces/team-a/files/x", "text", ADA).statusCode()).isEqualTo(201);
        assertThat(call("GET", "/api/workspaces/team-a/files/x", null, READER).body()).isEqualTo("text");
        assertProblem(call("PUT", "/api/workspaces/team-a/files/x", "other", READER), 403, "FORBIDDEN");
        assertProblem(call("DELETE", "/api/workspaces/team-a/files/x", null, READER), 403, "FORBIDDEN");
        assertProblem(call("POST", "/api/workspaces/team-a/revert", "{\"to\":0}", READER), 403, "FORBIDDEN");
        assertProblem(call("PUT", "/api/workspaces/docs/files/x", "text", ADA), 403, "FORBIDDEN");
        assertThat(call("GET", "/api/workspaces/docs/files", null, ADA).statusCode()).isEqualTo(200);
        assertProblem(call("GET", "/api/workspaces/secret/files", null, ADA), 403, "FORBIDDEN");
        assertProblem(call("GET", "/api/workspaces/never-made", null, ADA), 403, "FORBIDDEN");
        assertProblem(call("POST", "/api/workspaces", "{\"name\":\"mine\"}", ADA), 403, "FORBIDDEN");
        assertThat(TestGateway.json(call("GET", "/api/workspaces", null, ADA)).findValuesAsText("name"))
            .containsExactly("docs", "team-a");
    }

    @Test
    void shouldWriteUnderTheTokensSubjectWhateverTheClientSays() {
        assertThat(call("PUT", "/api/workspaces/team-a/files/by-call", "text", ADA).statusCode()).isEqualTo(201);
        try (TestClient client = gateway.client("team-a")) {
            client.hello(",\"name\":\"mallory\",\"token\":\"" + ADA + "\"").next("welcome");
            client.submit(1, 0, NOOP);
            assertThat(client.next("op").path("author").asText()).isEqualTo("ada");
        }
        JsonNode operations = TestGateway.json(call("GET", "/api/workspaces/team-a/ops", null, ADA)).path("ops");
        assertThat(operations.findValuesAsText("author")).isNotEmpty().containsOnly("ada");
    }

    @Test
    void shouldRefuseASocketWithoutARight() {
        assertRefused("team-a", "", "UNAUTHENTICATED", 4422);
        assertRefused("never-made", "", "UNAUTHENTICATED", 4422);
        assertRefused("team-a", ",\"token\":\"nonsense\"", "UNAUTHENTICATED", 4422);
        assertRefused("secret", ",\"token\":\"" + ADA + "\"", "FORBIDDEN", 4458);
        assertRefused("team-never-made", ",\"token\":\"" + ADA + "\"", "UNKNOWN_WORKSPACE", 4442);
        String host = "localhost:" + gateway.server.port();
        assertThat(gateway.upgradeStatus("team-a", host, "Authorization: Bearer " + ADA)).isEqualTo(101);
        assertThat(gateway.upgradeStatus("team-a", host, "Authorization: Bearer nonsense")).isEqualTo(401);
        assertThat(gateway.upgradeStatus("secret", host, "Authorization: Bearer " + ADA)).isEqualTo(403);
    }

    private static void assertRefused(String workspace, String hello, String code, int closeCode) {
        try (TestClient client = gateway.client(workspace)) {
            JsonNode error = client.hello(hello).next();
            assertThat(error.path("type").asText()).isEqualTo("error");
            assertThat(error.path("code").asText()).as(error.toString()).isEqualTo(code);
            assertThat(client.closeCode()).isEqualTo(closeCode);
        }
    }

    @Test
    void shouldRejectOperationsOfAReaderAndLetItFollow() {
        try (TestClient reader = gateway.client("team-a"); TestClient writer = gateway.client("team-a")) {
            reader.hello(",\"token\":\"" + READER + "\"").next("welcome");
            writer.hello(",\"token\":\"" + ADA + "\"").next("welcome");
            reader.submit(1, 0, NOOP);
            JsonNode rejected = reader.next("rejected");
            assertThat(rejected.path("code").asText()).isEqualTo("FORBIDDEN");
            assertThat(rejected.path("seq").asLong()).isEqualTo(1);
            assertThat(rejected.path("retriable").asBoolean()).isFalse();
            writer.submit(1, 0, NOOP);
            JsonNode seen = reader.next("op");
            assertThat(seen.path("session").asText()).isEqualTo(writer.session);
        }
    }

    @Test
    void shouldNotLetATokenTakeOverTheSessionOfAnother() {
        String other = token("eve", "e1", List.of("team-*"), List.of());
        try (TestClient ada = gateway.client("team-a");
             TestClient eve = TestClient.connect(gateway.server.port(), "team-a", ada.session)) {
            ada.hello(",\"token\":\"" + ADA + "\"").next("welcome");
            JsonNode error = eve.hello(",\"token\":\"" + other + "\"").next();
            assertThat(error.path("code").asText()).isEqualTo("FORBIDDEN");
            ada.submit(1, 0, NOOP);
            assertThat(ada.next("op").path("author").asText()).isEqualTo("ada");
        }
    }

    @Test
    void shouldCloseSocketsWhenTheirTokenIsRevoked() {
        String lost = token("leo", "lost-laptop", List.of("team-*"), List.of());
        try (TestClient client = gateway.client("team-a"); TestClient other = gateway.client("team-a")) {
            client.hello(",\"token\":\"" + lost + "\"").next("welcome");
            other.hello(",\"token\":\"" + ADA + "\"").next("welcome");
            TestTokens.file(folder, "revoked", "lost-laptop\n");
            assertThat(nextError(client).path("code").asText()).isEqualTo("TOKEN_ENDED");
            assertThat(client.closeCode()).isEqualTo(4423);
            other.submit(1, 0, NOOP);
            other.next("op");
        }
        assertProblem(call("GET", "/api/workspaces", null, lost), 401, "TOKEN_ENDED");
    }

    private static JsonNode nextError(TestClient client) {
        JsonNode message = client.next();
        while (!message.path("type").asText().equals("error")) {
            message = client.next();
        }
        return message;
    }

    @Test
    void shouldEndEventStreamsWhenTheirTokenIsRevoked() throws Exception {
        String lost = token("sue", "lost-phone", List.of(), List.of("team-*"));
        HttpResponse<Stream<String>> events = HttpClient.newHttpClient().send(HttpRequest.newBuilder(
            URI.create(gateway.address() + "/api/workspaces/team-a/ops?after=0")).header("Accept", "text/event-stream")
            .header("Authorization", "Bearer " + lost).build(), HttpResponse.BodyHandlers.ofLines());
        assertThat(events.statusCode()).isEqualTo(200);
        TestTokens.file(folder, "revoked", "lost-laptop\nlost-phone\n");
        assertThat(events.body().toList()).as("all of it, as the server ends it").contains("event: error")
            .anySatisfy(line -> assertThat(line).contains("TOKEN_ENDED"));
    }

    @Test
    void shouldCloseSocketsWhenTheirTokenEnds() {
        // The skew that is forgiven counts for the end too: this one has half a second left.
        String brief = TestTokens.signed(TestTokens.good("bea", NOW_MS)
            .expiration(new Date(new Date().getTime() - 28_000)));
        try (TestClient client = gateway.client("team-a")) {
            client.hello(",\"token\":\"" + brief + "\"").next("welcome");
            assertThat(nextError(client).path("code").asText()).isEqualTo("TOKEN_ENDED");
            assertThat(client.closeCode()).isEqualTo(4423);
        }
    }

    @Test
    void shouldRefuseAnonymousClientsOffLoopbackUnlessTheSettingAllowsThem() {
        try (TestGateway open = new TestGateway(Map.of(GatewayConfig.HOST, "0.0.0.0"))) {
            HttpResponse<String> refused = open.call("GET", "/api/workspaces", null);
            assertProblem(refused, 401, "UNAUTHENTICATED");
            assertThat(TestGateway.json(refused).path("detail").asText()).contains("0.0.0.0");
            assertThat(open.call("GET", "/health/ready", null).statusCode()).isEqualTo(200);
        }
        try (TestGateway open = new TestGateway(Map.of(GatewayConfig.HOST, "0.0.0.0", AccessConfig.ANONYMOUS,
            "always"))) {
            assertThat(open.call("GET", "/api/workspaces", null).statusCode()).isEqualTo(200);
        }
    }
}
