package dev.heddle.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.gateway.protocol.ClientMessage;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SessionTest {

    private static final ClientMessage HELLO =
        new ClientMessage.Hello("s", null, null, ClientMessage.Follow.ALL, null);
    private static final List<ClientMessage> OTHERS = List.of(new ClientMessage.Open(FileReference.ofPath("a")),
        new ClientMessage.Submit(1, 0, null, new Operation.Noop(), null),
        new ClientMessage.Presence(null, null, null, null, null));

    @Test
    void shouldTakeOtherMessagesOnlyAfterHello() {
        for (ClientMessage other : OTHERS) {
            SessionMachine machine = new SessionMachine();
            assertThat(machine.accept(other)).isPresent();
            assertThat(machine.phase()).isEqualTo(SessionMachine.Phase.CLOSED);
            assertThat(machine.accept(HELLO)).isPresent();
            SessionMachine polite = new SessionMachine();
            assertThat(polite.accept(HELLO)).isEmpty();
            assertThat(polite.accept(other)).isEmpty();
            assertThat(polite.phase()).isEqualTo(SessionMachine.Phase.JOINED);
        }
    }

    @Test
    void shouldRefuseSecondHelloAndEverythingAfterTheEnd() {
        SessionMachine machine = new SessionMachine();
        machine.accept(HELLO);
        assertThat(machine.accept(HELLO)).get().asString().contains("second hello");
        assertThat(machine.accept(OTHERS.get(0))).isPresent();
    }

    @Test
    void shouldAdmitUpToTheLimitAndTheSameNumberAgain() {
        AtomicInteger total = new AtomicInteger();
        SubmissionWindow window = new SubmissionWindow(2, total);
        assertThat(window.admit(1)).isTrue();
        assertThat(window.admit(2)).isTrue();
        assertThat(window.admit(3)).isFalse();
        assertThat(window.admit(2)).isTrue();
        assertThat(window.answered(1)).isTrue();
        assertThat(window.answered(1)).isFalse();
        assertThat(window.admit(3)).isTrue();
        assertThat(total).hasValue(2);
        window.clear();
        assertThat(total).hasValue(0);
    }

    @Test
    void shouldGiveBurstThenRateAndSayWhenToTryAgain() {
        TokenBucket bucket = new TokenBucket(10, 3, 0);
        assertThat(bucket.take(0)).isZero();
        assertThat(bucket.take(0)).isZero();
        assertThat(bucket.take(0)).isZero();
        assertThat(bucket.take(0)).isEqualTo(100);
        assertThat(bucket.take(99_000_000)).isBetween(1L, 2L);
        assertThat(bucket.take(101_000_000)).isZero();
        assertThat(bucket.take(101_000_000)).isPositive();
        assertThat(bucket.take(3_600_000_000_000L)).isZero();
    }
}
