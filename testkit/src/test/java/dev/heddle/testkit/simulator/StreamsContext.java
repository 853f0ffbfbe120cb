package dev.heddle.testkit.simulator;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * What a processor of the snapshotter sees of Kafka Streams, over a simulated process: its stores, the record at hand,
 * its sinks, and the clock. Whatever else there is, no processor of Heddle asks for.
 */
final class StreamsContext<K, V> implements ProcessorContext<K, V> {

    /** Where a processor's records go. */
    @FunctionalInterface
    interface Sink {
        void send(String sink, byte[] key, byte[] value);
    }

    private final World world;
    private final SimulatedProcess process;
    private final int partition;
    private final Map<String, MapStore> stores;
    private final Sink sink;
    private RecordMetadata place;

    StreamsContext(SimulatedProcess process, int partition, Map<String, MapStore> stores, Sink sink) {
        this.world = process.world;
        this.process = process;
        this.partition = partition;
        this.stores = stores;
        this.sink = sink;
    }

    /** The record at hand is this one. */
    void at(Partition.Entry entry) {
        place = new RecordMetadata() {
            @Override
            public String topic() {
                return entry.topic();
            }

            @Override
            public int partition() {
                return partition;
            }

            @Override
            public long offset() {
                return entry.offset();
            }
        };
    }

    @Override
    public <A extends K, B extends V> void forward(Record<A, B> record, String child) {
        sink.send(child, (byte[]) record.key(), (byte[]) record.value());
    }

    @Override
    public <A extends K, B extends V> void forward(Record<A, B> record) {
        throw unasked("forward to all");
    }

    @Override
    public TaskId taskId() {
        return new TaskId(0, partition);
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return Optional.ofNullable(place);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S extends StateStore> S getStateStore(String name) {
        return (S) stores.get(name);
    }

    @Override
    public Cancellable schedule(Duration interval, PunctuationType type, Punctuator punctuator) {
        if (type != PunctuationType.WALL_CLOCK_TIME) {
            throw unasked("punctuation by " + type);
        }
        world.timeline.after(interval.toMillis(), () -> process.guard(() -> {
            punctuator.punctuate(world.timeline.nowMs());
            schedule(interval, type, punctuator);
        }));
        return () -> {
            throw unasked("cancelling");
        };
    }

    @Override
    public long currentSystemTimeMs() {
        return world.timeline.nowMs();
    }

    @Override
    public Cancellable schedule(Instant start, Duration interval, PunctuationType type, Punctuator punctuator) {
        throw unasked("schedule from a time on");
    }

    @Override
    public String applicationId() {
        throw unasked("applicationId");
    }

    @Override
    public Serde<?> keySerde() {
        throw unasked("keySerde");
    }

    @Override
    public Serde<?> valueSerde() {
        throw unasked("valueSerde");
    }

    @Override
    public File stateDir() {
        throw unasked("stateDir");
    }

    @Override
    public StreamsMetrics metrics() {
        throw unasked("metrics");
    }

    @Override
    public void commit() {
        throw unasked("commit");
    }

    @Override
    public Map<String, Object> appConfigs() {
        throw unasked("appConfigs");
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        throw unasked("appConfigsWithPrefix");
    }

    @Override
    public long currentStreamTimeMs() {
        throw unasked("currentStreamTimeMs");
    }

    private static UnsupportedOperationException unasked(String what) {
        return new UnsupportedOperationException(what + ": the simulation has none");
    }
}
