package dev.heddle.services.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;

class StreamsReadinessTest {

    private final AtomicReference<State> state = new AtomicReference<>(State.CREATED);
    private final AtomicBoolean shards = new AtomicBoolean();
    private final AtomicLong nowNs = new AtomicLong(-3);
    private final StreamsReadiness readiness = new StreamsReadiness(state::get, shards::get, nowNs::get);

    @Test
    void shouldBeReadyOnlyWhileItRunsWithShards() {
        shards.set(true);
        for (State each : State.values()) {
            state.set(each);
            assertThat(readiness.ready()).as(each.name()).isEqualTo(each == State.RUNNING);
        }
    }

    @Test
    void shouldNotBeReadyWhenItRunsWithEmptyHandsUntilItHasStoodIdle() {
        state.set(State.RUNNING);
        assertThat(readiness.ready()).isFalse();
        nowNs.addAndGet(TimeUnit.SECONDS.toNanos(5) - 1);
        assertThat(readiness.ready()).isFalse();
        // Another rebalance that gives it nothing does not begin the wait anew.
        state.set(State.REBALANCING);
        assertThat(readiness.ready()).isFalse();
        state.set(State.RUNNING);
        nowNs.incrementAndGet();
        assertThat(readiness.ready()).isTrue();
    }

    @Test
    void shouldWaitAnewWhenItsShardsWereTakenAway() {
        state.set(State.RUNNING);
        shards.set(true);
        assertThat(readiness.ready()).isTrue();
        shards.set(false);
        assertThat(readiness.ready()).isFalse();
        nowNs.addAndGet(TimeUnit.SECONDS.toNanos(5));
        assertThat(readiness.ready()).isTrue();
    }

    @Test
    void shouldNotBeReadyWhenThereIsNoInstanceYet() {
        assertThat(new StreamsReadiness(() -> null, nowNs::get).ready()).isFalse();
    }
}
