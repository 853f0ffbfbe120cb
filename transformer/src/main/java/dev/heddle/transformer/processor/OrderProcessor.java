package dev.heddle.transformer.processor;

import dev.heddle.transformer.store.DecisionStore;
import dev.heddle.transformer.store.KeyValueTable;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/** Connects a {@link ShardSequencer} to Kafka Streams: its records, its store and its sinks. */
public final class OrderProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    /**
     * The names of what the processor is connected to.
     *
     * @param store       the shard's store
     * @param canonical   the sink of canonical records
     * @param rejections  the sink of rejections
     * @param deadLetters the sink of dead letters
     */
    public record Wiring(String store, String canonical, String rejections, String deadLetters) {
    }

    /** Makes the sequencer of a shard once its store is open. */
    @FunctionalInterface
    public interface Sequencers {
        /**
         * {@return a sequencer}
         *
         * @param store   the shard's decisions
         * @param outputs where answers go
         */
        ShardSequencer over(DecisionStore store, Outputs outputs);
    }

    private static final int TRACE_BYTES_MAX = 128;

    private final Wiring wiring;
    private final Sequencers sequencers;
    private final SequencerMetrics metrics;
    private final int recordBytesMax;
    private final LongSupplier nanoTime;
    private ProcessorContext<byte[], byte[]> context;
    private ShardSequencer sequencer;
    private Header trace;

    /**
     * A processor; Streams makes one for each task.
     *
     * @param wiring         names of store and sinks
     * @param sequencers     makes the sequencer over a store
     * @param metrics        takes the time of each record
     * @param recordBytesMax the largest record that can be written
     * @param nanoTime       a running time in nanoseconds, for metrics only
     */
    public OrderProcessor(Wiring wiring, Sequencers sequencers,
                          SequencerMetrics metrics, int recordBytesMax, LongSupplier nanoTime) {
        this.wiring = Objects.requireNonNull(wiring, "wiring");
        this.sequencers = Objects.requireNonNull(sequencers, "sequencers");
        this.metrics = Objects.requireNonNull(metrics, "metrics");
        this.recordBytesMax = recordBytesMax;
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        this.context = processorContext;
        KeyValueStore<Bytes, byte[]> store = processorContext.getStateStore(wiring.store());
        this.sequencer = sequencers.over(new DecisionStore(new KeyValueTable(store)), new Sinks());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        long started = nanoTime.getAsLong();
        RecordMetadata place = context.recordMetadata()
            .orElseThrow(() -> new IllegalStateException("a record without a place (expected: topic and offset)"));
        trace = record.headers().lastHeader(DecisionLog.TRACE_HEADER);
        sequencer.accept(new Input(place.topic(), place.partition(), place.offset(), record.timestamp(), record.key(),
            record.value(), record.headers()));
        metrics.transformed(nanoTime.getAsLong() - started);
    }

    private final class Sinks implements Outputs {

        @Override
        public void canonical(String key, byte[] value, long timeMs) {
            send(wiring.canonical(), key, value, timeMs);
        }

        @Override
        public void rejection(String key, byte[] value, long timeMs) {
            send(wiring.rejections(), key, value, timeMs);
        }

        @Override
        public void deadLetter(Input input, String reason) {
            context.forward(DeadLetters.of(input, reason, recordBytesMax), wiring.deadLetters());
        }

        private void send(String sink, String key, byte[] value, long timeMs) {
            RecordHeaders headers = new RecordHeaders();
            if (trace != null && trace.value() != null && trace.value().length <= TRACE_BYTES_MAX) {
                headers.add(trace);
            }
            context.forward(new Record<>(key.getBytes(StandardCharsets.UTF_8), value, timeMs, headers), sink);
        }
    }
}
