package dev.heddle.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Goal: a client that lost its connection at any moment resumes on another gateway and ends with each operation once.
 * Method: two real servers over one fake log; the connection is dropped between two known steps.
 */
class ResumeTest {

    private static final String W = "resume";

    private final FakeBackend backend = new FakeBackend();
    private TestGateway first;
    private TestGateway second;

    /** What had become of operation 2 when the connection broke. */
    enum Lost {
        BEFORE_SEND, SENT_BUT_NOT_IN_THE_LOG, IN_THE_LOG_BUT_NOT_ORDERED_FOR_ANYBODY, ORDERED_BUT_NOT_ANSWERED
    }

    @BeforeEach
    void start() {
        first = new TestGateway(Map.of(), backend);
        second = new TestGateway(Map.of(), backend);
        backend.attach(first.server.rooms(), second.server.rooms());
        first.create(W);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private static String create(int number) {
        return "{\"kind\":\"create\",\"path\":\"file-" + number + "\",\"text\":\"\"}";
    }

    @ParameterizedTest
    @EnumSource(Lost.class)
    void shouldEndWithEachOperationOnceWhenTheConnectionIsLost(Lost lost) {
        String session;
        try (TestClient client = first.client(W)) {
            session = client.session;
            client.welcome();
            client.submit(1, 0, create(1));
            client.next("op");
            backend.swallowAppends(lost == Lost.SENT_BUT_NOT_IN_THE_LOG);
            backend.holdBack(lost == Lost.IN_THE_LOG_BUT_NOT_ORDERED_FOR_ANYBODY);
            backend.loseFeed(lost == Lost.ORDERED_BUT_NOT_ANSWERED);
            if (lost != Lost.BEFORE_SEND) {
                client.submit(2, 1, create(2));
            }
            if (lost.ordinal() >= Lost.IN_THE_LOG_BUT_NOT_ORDERED_FOR_ANYBODY.ordinal()) {
                Awaitility.await().until(() -> backend.version(W) == 2);
            }
            client.abort();
        }
        backend.swallowAppends(false);
        backend.loseFeed(false);
        try (TestClient again = TestClient.connect(second.server.port(), W, session)) {
            again.hello(",\"resume\":1");
            again.next("welcome");
            again.submit(2, 1, create(2));
            again.submit(3, 1, create(3));
            backend.holdBack(false);
            Set<Long> answered = new HashSet<>();
            while (!answered.containsAll(List.of(2L, 3L))) {
                JsonNode op = again.next("op");
                assertThat(op.path("version").asLong()).isEqualTo(op.path("seq").asLong());
                answered.add(op.path("seq").asLong());
            }
        }
        assertThat(backend.version(W)).isEqualTo(3);
    }

    /** ADR 0004: UNAVAILABLE does not answer the number; what the log took all the same is not doubled by a resend. */
    @Test
    void shouldCommitOnceWhenTheAcknowledgementOfTheLogWasLost() {
        try (TestClient client = first.client(W)) {
            client.welcome();
            backend.holdBack(true);
            backend.loseAcks(true);
            client.submit(1, 0, create(1));
            JsonNode rejected = client.next("rejected");
            assertThat(rejected.path("code").asText()).isEqualTo("UNAVAILABLE");
            assertThat(rejected.path("retriable").asBoolean()).isTrue();
            backend.loseAcks(false);
            // The next number while the first is in doubt, then the first again, as the rejection says.
            client.submit(2, 0, create(2));
            client.submit(1, 0, create(1));
            backend.holdBack(false);
            assertThat(client.next("op").path("seq").asLong()).isEqualTo(1);
            JsonNode second = client.next("op");
            while (second.path("seq").asLong() == 1) {
                second = client.next("op");
            }
            assertThat(second.path("version").asLong()).isEqualTo(2);
            assertThat(backend.version(W)).isEqualTo(2);
        }
    }
}
