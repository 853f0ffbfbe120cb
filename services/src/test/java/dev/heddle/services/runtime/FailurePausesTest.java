package dev.heddle.services.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailurePausesTest {

    private final FailurePauses pauses = new FailurePauses();
    private long nowNanos = Clocks.nanoTime();

    private long waitMsAfter(Duration calm) {
        nowNanos += calm.toNanos();
        return pauses.nextWaitMs(nowNanos);
    }

    @Test
    void shouldWaitLongerUpToABoundWhenFailuresGoOn() {
        long waitMs = waitMsAfter(Duration.ZERO);
        for (int failure = 0; failure < 20; failure++) {
            long next = waitMsAfter(Duration.ofSeconds(1));
            assertThat(next).isGreaterThanOrEqualTo(waitMs);
            waitMs = next;
        }
        assertThat(waitMs).isEqualTo(5_000);
    }

    @Test
    void shouldBeginAnewWhenAMinuteWasCalm() {
        long first = waitMsAfter(Duration.ZERO);
        waitMsAfter(Duration.ofSeconds(1));
        assertThat(waitMsAfter(Duration.ofSeconds(59))).isEqualTo(4 * first);
        assertThat(waitMsAfter(Duration.ofSeconds(60))).isEqualTo(first);
    }
}
