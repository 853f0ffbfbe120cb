package dev.heddle.services.streams;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Whether an instance of Kafka Streams serves its share of the shards. Any thread.
 *
 * <p>Running alone does not say so: who joins a group is given nothing until the others have let go, and runs empty-
 * handed meanwhile. Whoever replaces instances one by one would take that for a yes and stop the next. So an instance
 * without shards has to stand idle for a while, longer than a group takes to give it some, before it says yes: then
 * there are more instances than shards, and nothing waits for it.
 */
public final class StreamsReadiness {

    /** Three heartbeats at their default and more: members learn of a rebalance with a heartbeat. */
    private static final long IDLE_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long NEVER = Long.MIN_VALUE;

    private final Supplier<KafkaStreams.State> state;
    private final BooleanSupplier holdsShards;
    private final LongSupplier nanoTime;
    private final AtomicLong idleSinceNs = new AtomicLong(NEVER);

    /**
     * Readiness of an instance.
     *
     * @param streams  gives the instance, or null before it runs
     * @param nanoTime a clock in nanoseconds
     */
    public StreamsReadiness(Supplier<KafkaStreams> streams, LongSupplier nanoTime) {
        this(() -> streams.get() == null ? KafkaStreams.State.CREATED : streams.get().state(),
            () -> holdsShards(streams.get()), nanoTime);
    }

    StreamsReadiness(Supplier<KafkaStreams.State> state, BooleanSupplier holdsShards, LongSupplier nanoTime) {
        this.state = state;
        this.holdsShards = holdsShards;
        this.nanoTime = nanoTime;
    }

    private static boolean holdsShards(KafkaStreams streams) {
        try {
            return streams.metadataForLocalThreads().stream().anyMatch(thread -> !thread.activeTasks().isEmpty());
        } catch (IllegalStateException stopping) {
            return false;
        }
    }

    /** {@return whether all that was given to this instance is restored and served, and it was given its share} */
    public boolean ready() {
        if (state.get() != KafkaStreams.State.RUNNING) {
            return false;
        }
        if (holdsShards.getAsBoolean()) {
            idleSinceNs.set(NEVER);
            return true;
        }
        long nowNs = nanoTime.getAsLong();
        idleSinceNs.compareAndSet(NEVER, nowNs);
        return nowNs - idleSinceNs.get() >= IDLE_NS;
    }
}
