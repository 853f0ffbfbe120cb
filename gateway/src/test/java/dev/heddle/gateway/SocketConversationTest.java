package dev.heddle.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.teststack.SocketFrames;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The WebSocket protocol as a client meets it: the real server over a fake log. */
class SocketConversationTest {

    private static final TestGateway GATEWAY = new TestGateway(Map.of());
    private static int count;
    private String workspace;

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @BeforeEach
    void workspace() {
        workspace = "room-" + ++count;
        GATEWAY.create(workspace);
    }

    private TestClient client() {
        return GATEWAY.client(workspace);
    }

    private static String create(String path, String text) {
        return "{\"kind\":\"create\",\"path\":\"" + path + "\",\"text\":\"" + text + "\"}";
    }

    private static String insert(String file, int at, String text) {
        return "{\"kind\":\"edit\",\"file\":\"" + file + "\",\"changes\":[{\"at\":" + at + ",\"delete\":0,\"insert\":\""
            + text + "\"}]}";
    }

    @Test
    void shouldWelcomeWithVersionAndLimitsWhenHelloComes() {
        try (TestClient client = client()) {
            JsonNode welcome = client.welcome();
            assertThat(welcome.path("workspace").asText()).isEqualTo(workspace);
            assertThat(welcome.path("session").asText()).isEqualTo(client.session);
            assertThat(welcome.path("version").asLong()).isZero();
            assertThat(welcome.path("limits").path("inFlight").asLong()).isPositive();
        }
    }

    @Test
    void shouldSendOperationToEverybodyWithAuthorAsAck() {
        try (TestClient author = client(); TestClient other = client()) {
            author.hello(",\"name\":\"Ada\"");
            author.next("welcome");
            other.welcome();
            author.submit(1, 0, create("a.txt", "hi"));
            JsonNode ack = author.next("op");
            JsonNode seen = other.next("op");
            assertThat(ack).isEqualTo(seen);
            assertThat(ack.path("version").asLong()).isEqualTo(1);
            assertThat(ack.path("author").asText()).isEqualTo("Ada");
            assertThat(ack.path("session").asText()).isEqualTo(author.session);
            assertThat(ack.path("seq").asLong()).isEqualTo(1);
            assertThat(ack.path("path").asText()).isEqualTo("a.txt");
            assertThat(ack.path("hash").asText()).hasSize(64);
        }
    }

    @Test
    void shouldEncodeOperationOnceWhenManySocketsGetIt() {
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(client());
            clients.get(i).welcome();
        }
        long before = GATEWAY.encoder.encodings();
        clients.get(0).submit(1, 0, create("a.txt", "x"));
        clients.forEach(client -> client.next("op"));
        assertThat(GATEWAY.encoder.encodings() - before).isEqualTo(1);
        clients.forEach(TestClient::close);
    }

    @Test
    void shouldRejectToAuthorOnlyWhenOperationIsRefused() {
        try (TestClient author = client(); TestClient other = client()) {
            author.welcome();
            other.welcome();
            author.submit(1, 0, "{\"kind\":\"delete\",\"path\":\"nothing\"}");
            JsonNode rejected = author.next("rejected");
            assertThat(rejected.path("seq").asLong()).isEqualTo(1);
            assertThat(rejected.path("code").asText()).isEqualTo("UNKNOWN_FILE");
            assertThat(rejected.path("retriable").asBoolean()).isFalse();
            author.submit(2, 0, create("b.txt", ""));
            author.next("op");
            other.next("op");
            assertThat(other.arrived()).isEmpty();
        }
    }

    @Test
    void shouldOpenTextAsOfWhatTheSocketWasSent() {
        try (TestClient author = client(); TestClient reader = client()) {
            author.welcome();
            author.submit(1, 0, create("a.txt", "h\uD83D\uDE00"));
            String file = author.next("op").path("file").asText();
            reader.welcome();
            reader.send("{\"type\":\"open\",\"path\":\"a.txt\"}");
            JsonNode opened = reader.next("opened");
            assertThat(opened.path("file").asText()).isEqualTo(file);
            assertThat(opened.path("text").asText()).isEqualTo("h\uD83D\uDE00");
            assertThat(opened.path("version").asLong()).isEqualTo(1);
            assertThat(opened.path("hash").asText()).hasSize(64);
        }
    }

    @Test
    void shouldWaitForFeedWhenTextIsNewerThanWhatWasSent() {
        try (TestClient author = client(); TestClient reader = client()) {
            author.welcome();
            author.submit(1, 0, create("a.txt", ""));
            String file = author.next("op").path("file").asText();
            reader.welcome();
            GATEWAY.backend.holdBack(true);
            author.submit(2, 1, insert(file, 0, "later"));
            Awaitility.await().until(() -> GATEWAY.backend.version(workspace) == 2);
            reader.send("{\"type\":\"open\",\"path\":\"a.txt\"}");
            author.send("{\"type\":\"open\",\"path\":\"missing\"}");
            assertThat(author.next().path("code").asText()).isEqualTo("UNKNOWN_FILE");
            assertThat(reader.arrived()).isEmpty();
            GATEWAY.backend.holdBack(false);
            assertThat(reader.next("op").path("version").asLong()).isEqualTo(2);
            JsonNode opened = reader.next("opened");
            assertThat(opened.path("text").asText()).isEqualTo("later");
            assertThat(opened.path("version").asLong()).isEqualTo(2);
        } finally {
            GATEWAY.backend.holdBack(false);
        }
    }

    @Test
    void shouldKeepSocketWhenOpenFails() {
        try (TestClient client = client()) {
            client.welcome();
            client.send("{\"type\":\"open\",\"path\":\"none.txt\"}");
            JsonNode error = client.next();
            assertThat(error.path("type").asText()).isEqualTo("error");
            assertThat(error.path("code").asText()).isEqualTo("UNKNOWN_FILE");
            assertThat(error.path("path").asText()).isEqualTo("none.txt");
            client.submit(1, 0, create("a.txt", ""));
            client.next("op");
        }
    }

    @Test
    void shouldSendExactlyTheMissedOperationsWhenResumed() {
        try (TestClient author = client()) {
            author.welcome();
            author.submit(1, 0, create("a.txt", ""));
            String file = author.next("op").path("file").asText();
            for (int seq = 2; seq <= 30; seq++) {
                author.submit(seq, seq - 1, insert(file, 0, "x"));
                author.next("op");
            }
            try (TestClient late = client()) {
                late.hello(",\"resume\":10");
                assertThat(late.next("welcome").path("version").asLong()).isEqualTo(30);
                for (long version = 11; version <= 30; version++) {
                    assertThat(late.next("op").path("version").asLong()).isEqualTo(version);
                }
                author.submit(31, 30, insert(file, 0, "y"));
                assertThat(late.next("op").path("version").asLong()).isEqualTo(31);
            }
        }
    }

    @Test
    void shouldAnswerResendAgainWhenOperationWasCommitted() {
        String session;
        try (TestClient client = client()) {
            session = client.session;
            client.welcome();
            client.submit(1, 0, create("a.txt", ""));
            client.next("op");
            client.abort();
        }
        try (TestClient again = TestClient.connect(GATEWAY.server.port(), workspace, session);
             TestClient other = client()) {
            other.welcome();
            again.hello(",\"resume\":1");
            again.next("welcome");
            again.submit(1, 0, create("a.txt", ""));
            assertThat(again.next("op").path("version").asLong()).isEqualTo(1);
            assertThat(GATEWAY.backend.version(workspace)).isEqualTo(1);
            assertThat(other.arrived()).noneMatch(message -> message.path("type").asText().equals("op"));
        }
    }

    @Test
    void shouldFillHoleWhenFeedLostARecord() {
        try (TestClient author = client(); TestClient other = client()) {
            author.welcome();
            other.welcome();
            GATEWAY.backend.loseFeed(true);
            author.submit(1, 0, create("a.txt", ""));
            Awaitility.await().until(() -> GATEWAY.backend.version(workspace) == 1);
            GATEWAY.backend.loseFeed(false);
            author.submit(2, 1, create("b.txt", ""));
            assertThat(other.next("op").path("version").asLong()).isEqualTo(1);
            assertThat(other.next("op").path("version").asLong()).isEqualTo(2);
            assertThat(author.next("op").path("version").asLong()).isEqualTo(1);
        } finally {
            GATEWAY.backend.loseFeed(false);
        }
    }

    @Test
    void shouldRejectAsUnavailableWhenAppendFails() {
        try (TestClient client = client()) {
            client.welcome();
            GATEWAY.backend.failAppends(true);
            client.submit(1, 0, create("a.txt", ""));
            JsonNode rejected = client.next("rejected");
            assertThat(rejected.path("code").asText()).isEqualTo("UNAVAILABLE");
            assertThat(rejected.path("retriable").asBoolean()).isTrue();
            GATEWAY.backend.failAppends(false);
            client.submit(1, 0, create("a.txt", ""));
            assertThat(client.next("op").path("seq").asLong()).isEqualTo(1);
        } finally {
            GATEWAY.backend.failAppends(false);
        }
    }

    @Test
    void shouldPassPresenceToOthersAndSayWhenGone() {
        try (TestClient a = client(); TestClient b = client()) {
            a.hello(",\"name\":\"Ada\"");
            a.next("welcome");
            b.welcome();
            a.send("{\"type\":\"presence\",\"file\":\"f\",\"anchor\":1,\"head\":2,\"state\":\"typing\"}");
            JsonNode presence = b.next("presence");
            assertThat(presence.path("session").asText()).isEqualTo(a.session);
            assertThat(presence.path("name").asText()).isEqualTo("Ada");
            assertThat(presence.path("color").asText()).matches("#[0-9a-f]{6}");
            assertThat(presence.path("head").asInt()).isEqualTo(2);
            try (TestClient late = client()) {
                late.welcome();
                assertThat(late.next("presence").path("session").asText()).isEqualTo(a.session);
            }
            a.abort();
            JsonNode left = b.next("presence");
            while (!left.path("session").asText().equals(a.session)) {
                left = b.next("presence");
            }
            assertThat(left.path("left").asBoolean()).isTrue();
            assertThat(GATEWAY.backend.published).anySatisfy(state -> {
                assertThat(state.session()).isEqualTo(a.session);
                assertThat(state.left()).isTrue();
            });
        }
    }

    @Test
    void shouldCloseOlderSocketWhenSessionSaysHelloAgain() {
        try (TestClient older = client();
             TestClient newer = TestClient.connect(GATEWAY.server.port(), workspace, older.session)) {
            older.welcome();
            newer.welcome();
            assertThat(older.next().path("code").asText()).isEqualTo("SESSION_SUPERSEDED");
            assertThat(older.closeCode()).isEqualTo(4409);
            newer.submit(1, 0, create("a.txt", ""));
            newer.next("op");
        }
    }

    @Test
    void shouldSendOnlyOpenedFilesAndTreeWhenFollowingOpened() {
        try (TestClient author = client(); TestClient follower = client()) {
            author.welcome();
            author.submit(1, 0, create("a.txt", ""));
            author.submit(2, 1, create("b.txt", ""));
            String a = author.next("op").path("file").asText();
            String b = author.next("op").path("file").asText();
            follower.hello(",\"follow\":\"opened\"");
            follower.next("welcome");
            follower.send("{\"type\":\"open\",\"path\":\"a.txt\"}");
            follower.next("opened");
            author.submit(3, 2, insert(b, 0, "not seen"));
            author.submit(4, 3, insert(a, 0, "seen"));
            author.submit(5, 4, "{\"kind\":\"rename\",\"file\":\"" + b + "\",\"to\":\"c.txt\"}");
            assertThat(follower.next("op").path("version").asLong()).isEqualTo(4);
            assertThat(follower.next("op").path("version").asLong()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "not json                                        | BAD_REQUEST | 4400",
        "[]                                              | BAD_REQUEST | 4400",
        "{\"type\":\"hello\",\"session\":\"me\"}         | BAD_REQUEST | 4400",
        "{\"type\":\"dance\"}                            | BAD_REQUEST | 4401",
        "{\"type\":\"open\",\"path\":\"a\"}              | BAD_REQUEST | 4403"})
    void shouldCloseForGoodWhenFirstMessageIsWrong(String message, String code, int closeCode) {
        try (TestClient client = client()) {
            client.send(message);
            JsonNode error = client.next();
            assertThat(error.path("type").asText()).isEqualTo("error");
            assertThat(error.path("code").asText()).isEqualTo(code);
            assertThat(client.closeCode()).isEqualTo(closeCode);
        }
    }

    @Test
    void shouldCloseWhenHelloComesTwice() {
        try (TestClient client = client()) {
            client.welcome();
            client.hello("");
            assertThat(client.next().path("code").asText()).isEqualTo("BAD_REQUEST");
            assertThat(client.closeCode()).isEqualTo(4403);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"kind\":\"waltz\"}                                                          | BAD_REQUEST",
        "{\"kind\":\"create\",\"path\":\"a\",\"text\":\"\\ud800\"}                     | TEXT_MALFORMED",
        "{\"kind\":\"create\",\"path\":\"../a\",\"text\":\"\"}                         | PATH_INVALID",
        "{\"kind\":\"edit\",\"path\":\"a\",\"changes\":\"many\"}                    | BAD_REQUEST"})
    void shouldRejectAndGoOnWhenOperationIsWrong(String op, String codes) {
        try (TestClient client = client()) {
            client.welcome();
            client.submit(1, 0, op);
            JsonNode rejected = client.next("rejected");
            assertThat(codes.split(",")).contains(rejected.path("code").asText());
            client.submit(rejected.path("code").asText().equals("PATH_INVALID") ? 2 : 1, 0, create("ok", ""));
            client.next("op");
        }
    }

    @Test
    void shouldSayUnknownWorkspaceOnTheSocket() {
        try (TestClient client = GATEWAY.client("nowhere")) {
            assertThat(client.next().path("code").asText()).isEqualTo("UNKNOWN_WORKSPACE");
            assertThat(client.closeCode()).isBetween(4400, 4499);
        }
    }

    @Test
    void shouldSayUnavailableWhenAWorkspaceMayBeThereButIsNotReadYet() {
        GATEWAY.backend.directoryIncomplete(true);
        try (TestClient client = GATEWAY.client("nowhere")) {
            assertThat(client.next().path("code").asText()).isEqualTo("UNAVAILABLE");
            assertThat(client.closeCode()).isEqualTo(4559);
        } finally {
            GATEWAY.backend.directoryIncomplete(false);
        }
    }

    @Test
    void shouldRefuseUpgradeWhenSubprotocolIsMissingOrWrong() {
        URI address = URI.create(GATEWAY.address().replace("http:", "ws:") + "/api/workspaces/" + workspace
            + "/socket");
        assertThatThrownBy(() -> new SocketFrames(address, null, message -> { })).hasStackTraceContaining("400");
        assertThatThrownBy(() -> new SocketFrames(address, "heddle.v9", message -> { }))
            .hasStackTraceContaining("400");
    }

    @Test
    void shouldRefuseResumeWhenVersionWillNotCome() {
        try (TestGateway impatient = new TestGateway(Map.of(GatewayConfig.DEADLINE_MS, "200"))) {
            impatient.create(workspace);
            try (TestClient client = impatient.client(workspace)) {
                client.hello(",\"resume\":7");
                assertThat(client.next().path("code").asText()).isEqualTo("BASE_IN_FUTURE");
                client.closeCode();
            }
        }
    }
}
