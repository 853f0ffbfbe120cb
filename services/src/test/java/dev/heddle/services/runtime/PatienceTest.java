package dev.heddle.services.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.schemas.serde.RegistryUnavailableException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private final AtomicInteger attempts = new AtomicInteger();

    private Supplier<Integer> failing(int times, RuntimeException failure) {
        return () -> {
            if (attempts.getAndIncrement() < times) {
                throw failure;
            }
            return attempts.get();
        };
    }

    @Test
    void shouldGiveWhatTheSecondAttemptGaveWhenTheBrokersDidNotAnswerTheFirst() {
        Patience patience = new Patience(Duration.ofMinutes(1));
        assertThat(patience.attempt("asking", failing(1, new TimeoutException("no broker")))).isEqualTo(2);
    }

    @Test
    void shouldGoOnWhenTheRegistryIsAway() {
        Patience patience = new Patience(Duration.ofMinutes(1));
        RuntimeException away = new RegistryUnavailableException("no registry", null);
        assertThat(patience.attempt("asking", failing(1, away))).isEqualTo(2);
    }

    @Test
    void shouldGoOnWhenOnlyTheCauseMayPass() {
        Patience patience = new Patience(Duration.ofMinutes(1));
        RuntimeException wrapped = new KafkaException("failed", new TimeoutException("no broker"));
        assertThat(patience.attempt("asking", failing(1, wrapped))).isEqualTo(2);
    }

    @Test
    void shouldThrowAtOnceWhenTheFailureDoesNotPass() {
        Patience patience = new Patience(Duration.ofMinutes(1));
        RuntimeException denied = new TopicAuthorizationException("denied");
        assertThatThrownBy(() -> patience.attempt("asking", failing(1, denied))).isSameAs(denied);
        RuntimeException unknown = new IllegalStateException("unknown", new ExecutionException(denied));
        assertThatThrownBy(() -> patience.attempt("asking", failing(2, unknown))).isSameAs(unknown);
        assertThat(attempts).hasValue(2);
    }

    @Test
    void shouldThrowTheLastFailureWhenTheTimeIsUp() {
        Patience patience = new Patience(Duration.ZERO);
        RuntimeException away = new TimeoutException("no broker");
        assertThatThrownBy(() -> patience.attempt("asking", failing(1, away))).isSameAs(away);
        assertThat(attempts).hasValue(1);
    }
}
