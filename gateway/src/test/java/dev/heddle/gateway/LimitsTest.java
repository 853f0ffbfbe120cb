package dev.heddle.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Every limit of sockets at n and n + 1: a typed answer to whoever hits it, nothing to anybody else. */
class LimitsTest {

    private static final String W = "limits";

    private static TestGateway gateway(String... settings) {
        Map<String, String> more = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            more.put(settings[i], settings[i + 1]);
        }
        TestGateway gateway = new TestGateway(more);
        gateway.create(W);
        return gateway;
    }

    private static String create(String path, String text) {
        return "{\"kind\":\"create\",\"path\":\"" + path + "\",\"text\":\"" + text + "\"}";
    }

    private static void assertWorks(TestClient client, long seq, long base) {
        client.submit(seq, base, create("works-" + seq, ""));
        assertThat(client.next("op").path("seq").asLong()).isEqualTo(seq);
    }

    @Test
    void shouldRefuseSocketAboveTheGatewaysLimit() {
        try (TestGateway gateway = gateway(GatewayConfig.SOCKETS_MAX, "2");
             TestClient first = gateway.client(W); TestClient second = gateway.client(W)) {
            first.welcome();
            second.welcome();
            try (TestClient third = gateway.client(W)) {
                assertThat(third.next().path("code").asText()).isEqualTo("LIMIT_REACHED");
                assertThat(third.closeCode()).isBetween(4500, 4599);
            }
            assertWorks(first, 1, 0);
            second.abort();
            Awaitility.await().until(() -> gateway.server.sockets().sockets() == 1);
            try (TestClient fourth = gateway.client(W)) {
                fourth.welcome();
            }
        }
    }

    @Test
    void shouldRefuseSocketAboveTheWorkspacesLimit() {
        try (TestGateway gateway = gateway(GatewayConfig.WORKSPACE_SOCKETS_MAX, "2");
             TestClient first = gateway.client(W); TestClient second = gateway.client(W)) {
            first.welcome();
            second.welcome();
            try (TestClient third = gateway.client(W).hello("")) {
                assertThat(third.next().path("code").asText()).isEqualTo("LIMIT_REACHED");
                assertThat(third.closeCode()).isBetween(4500, 4599);
            }
            gateway.create("elsewhere");
            try (TestClient other = gateway.client("elsewhere")) {
                other.welcome();
            }
            assertWorks(first, 1, 0);
        }
    }

    @Test
    void shouldRejectOperationAboveTheInFlightLimit() {
        try (TestGateway gateway = gateway(GatewayConfig.IN_FLIGHT_MAX, "2");
             TestClient client = gateway.client(W); TestClient other = gateway.client(W)) {
            client.welcome();
            other.welcome();
            gateway.backend.swallowAppends(true);
            client.submit(1, 0, create("a", ""));
            client.submit(2, 0, create("b", ""));
            client.submit(3, 0, create("c", ""));
            JsonNode rejected = client.next("rejected");
            assertThat(rejected.path("seq").asLong()).isEqualTo(3);
            assertThat(rejected.path("code").asText()).isEqualTo("LIMIT_REACHED");
            assertThat(rejected.path("retriable").asBoolean()).isTrue();
            gateway.backend.swallowAppends(false);
            assertWorks(other, 1, 0);
            client.submit(1, 0, create("a", ""));
            assertThat(client.next("op").path("seq").asLong()).isEqualTo(1);
        }
    }

    @Test
    void shouldSayWhenToTryAgainAboveTheRateLimit() {
        try (TestGateway gateway = gateway(GatewayConfig.RATE_MAX, "1", GatewayConfig.BURST_MAX, "3");
             TestClient client = gateway.client(W); TestClient other = gateway.client(W)) {
            client.welcome();
            other.welcome();
            for (int seq = 1; seq <= 4; seq++) {
                client.submit(seq, 0, create("f" + seq, ""));
            }
            JsonNode rejected = client.next("rejected");
            assertThat(rejected.path("seq").asLong()).isEqualTo(4);
            assertThat(rejected.path("code").asText()).isEqualTo("LIMIT_REACHED");
            assertThat(rejected.path("retryAfterMs").asLong()).isBetween(1L, 1_000L);
            other.next("op");
            other.next("op");
            other.next("op");
            other.submit(1, 3, create("mine", ""));
            assertThat(other.next("op").path("session").asText()).isEqualTo(other.session);
        }
    }

    @Test
    void shouldRefuseTheFlooderAloneWhenTenOthersType() {
        try (TestGateway gateway = gateway(GatewayConfig.RATE_MAX, "1", GatewayConfig.BURST_MAX, "20")) {
            List<TestClient> typists = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                typists.add(gateway.client(W));
                typists.get(i).welcome();
            }
            try (TestClient flooder = gateway.client(W)) {
                flooder.welcome();
                for (int seq = 1; seq <= 500; seq++) {
                    flooder.submit(seq, 0, "{\"kind\":\"noop\"}");
                    if (seq % 50 == 0) {
                        long own = seq / 50;
                        typists.forEach(each -> each.submit(own, 0, "{\"kind\":\"noop\"}"));
                    }
                }
                for (TestClient each : typists) {
                    long answered = 0;
                    while (answered < 10) {
                        JsonNode message = each.next();
                        assertThat(message.path("type").asText()).isNotEqualTo("rejected");
                        answered = message.path("session").asText().equals(each.session)
                            && message.path("type").asText().equals("op") ? message.path("seq").asLong() : answered;
                    }
                }
                assertThat(flooder.next("rejected").path("retryAfterMs").asLong()).isPositive();
            }
            typists.forEach(TestClient::close);
        }
    }

    @Test
    void shouldAnswerWhichOpenIsTooManyAndKeepTheSocket() {
        try (TestGateway gateway = gateway(GatewayConfig.OPENS_MAX, "1"); TestClient client = gateway.client(W)) {
            client.welcome();
            gateway.backend.hangReads(true);
            client.send("{\"type\":\"open\",\"path\":\"a\"}");
            client.send("{\"type\":\"open\",\"path\":\"b\"}");
            JsonNode error = client.next();
            assertThat(error.path("code").asText()).isEqualTo("LIMIT_REACHED");
            assertThat(error.path("path").asText()).isEqualTo("b");
            assertWorks(client, 1, 0);
        }
    }

    @Test
    void shouldSayTooLargeForOneByteMoreThanAMessageMayHave() {
        try (TestGateway gateway = gateway(GatewayConfig.MESSAGE_BYTES, "1024");
             TestClient exact = gateway.client(W); TestClient over = gateway.client(W);
             TestClient far = gateway.client(W)) {
            String frame = "{\"type\":\"open\",\"path\":\"\"}";
            String full = frame.replace("\"\"}", "\"" + "x".repeat(1_024 - frame.length()) + "\"}");
            exact.welcome();
            exact.send(full);
            assertThat(exact.next().path("path").asText()).hasSize(1_024 - frame.length());
            over.welcome();
            over.send(full.replace("x\"}", "xx\"}"));
            assertThat(over.next().path("code").asText()).isEqualTo("TOO_LARGE");
            assertThat(over.closeCode()).isEqualTo(4413);
            far.welcome();
            far.send(full + " ".repeat(2_000));
            assertThat(far.closeCode()).isEqualTo(4413);
            assertWorks(exact, 1, 0);
        }
    }

    @Test
    void shouldCloseClientThatSaysNothingButNotOneThatAnswersPings() {
        try (TestGateway gateway = gateway(GatewayConfig.PING_MS, "50", GatewayConfig.SILENCE_MS, "300");
             TestClient polite = gateway.client(W)) {
            polite.welcome();
            try (RawSocket silent = new RawSocket(gateway.server.port(), W)) {
                silent.send("{\"type\":\"hello\",\"session\":\"11111111-1111-4111-8111-111111111111\"}");
                assertThat(silent.readToClose()).isEqualTo(4508);
            }
            assertWorks(polite, 1, 0);
        }
    }

    @Test
    void shouldCloseClientThatNeverSaysHello() {
        try (TestGateway gateway = gateway(GatewayConfig.HELLO_MS, "100"); TestClient mute = gateway.client(W)) {
            assertThat(mute.next().path("code").asText()).isEqualTo("HELLO_TIMEOUT");
            assertThat(mute.closeCode()).isEqualTo(4408);
        }
    }

    @Test
    void shouldCloseSlowClientWithBoundedMemoryWhileOthersGoOn() {
        // It answers no pings either, which must not be what it is closed for where the machine is slow.
        try (TestGateway gateway = gateway(GatewayConfig.QUEUE_MESSAGES_MAX, "50", GatewayConfig.QUEUE_BYTES,
            "1000000", GatewayConfig.SILENCE_MS, "600000"); TestClient writer = gateway.client(W);
             RawSocket slow = new RawSocket(gateway.server.port(), W)) {
            writer.welcome();
            slow.send("{\"type\":\"hello\",\"session\":\"22222222-2222-4222-8222-222222222222\"}");
            Awaitility.await().until(() -> gateway.server.rooms().size() == 1);
            String text = "x".repeat(20_000);
            long most = 0;
            boolean overflowed = false;
            for (int seq = 1; seq <= 3_000 && !overflowed; seq++) {
                writer.submit(seq, seq - 1, create("file-" + seq, text));
                writer.next("op");
                long waiting = gateway.server.sockets().waitingMessages();
                overflowed = most > 10 && waiting <= 1;
                most = Math.max(most, waiting);
            }
            assertThat(overflowed).as("the slow client's queue overflowed").isTrue();
            assertThat(most).isLessThanOrEqualTo(52);
            assertThat(slow.readToClose()).isIn(4509, -1);
            Awaitility.await().until(() -> gateway.server.sockets().sockets() == 1);
        }
    }

    @Test
    void shouldPourLongHistoryNoFasterThanItIsReadWithoutClosing() {
        try (TestGateway gateway = gateway(GatewayConfig.QUEUE_MESSAGES_MAX, "20", GatewayConfig.PAGE_MAX, "7",
            GatewayConfig.RING_OPERATIONS_MAX, "5"); TestClient writer = gateway.client(W)) {
            writer.welcome();
            for (int seq = 1; seq <= 300; seq++) {
                writer.submit(seq, seq - 1, create("file-" + seq, "some text"));
                writer.next("op");
            }
            try (TestClient late = gateway.client(W)) {
                late.hello(",\"resume\":0");
                late.next("welcome");
                for (long version = 1; version <= 300; version++) {
                    assertThat(late.next("op").path("version").asLong()).isEqualTo(version);
                }
            }
        }
    }

    @Test
    void shouldDeliverAnswersThenTellClientsToConnectAgainWhenDrained() {
        TestGateway gateway = gateway();
        try (TestClient client = gateway.client(W)) {
            client.welcome();
            gateway.backend.holdBack(true);
            client.submit(1, 0, create("a", ""));
            Awaitility.await().until(() -> gateway.backend.version(W) == 1);
            Thread closing = new Thread(gateway.server::drain);
            closing.start();
            Awaitility.await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
            try (TestClient late = gateway.client(W)) {
                assertThat(late.next().path("code").asText()).isEqualTo("SHUTTING_DOWN");
                assertThat(late.closeCode()).isEqualTo(4501);
            }
            gateway.backend.holdBack(false);
            assertThat(client.next().path("type").asText()).isEqualTo("op");
            assertThat(client.next().path("code").asText()).isEqualTo("SHUTTING_DOWN");
            assertThat(client.closeCode()).isEqualTo(4501);
        } finally {
            gateway.close();
        }
    }
}
