package dev.heddle.transformer;

import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.transformer.processor.Commits;
import dev.heddle.transformer.processor.OrderProcessor;
import dev.heddle.transformer.processor.RawLogs;
import dev.heddle.transformer.processor.Records;
import dev.heddle.transformer.processor.SequencerMetrics;
import dev.heddle.transformer.processor.SequencerSettings;
import dev.heddle.transformer.processor.ShardSequencer;
import dev.heddle.transformer.processor.WorkspaceAddress;
import dev.heddle.transformer.store.ReopenedStores;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The Kafka Streams topology: for each shard a sub-topology of its own, hence a task of its own.
 *
 * <pre>
 *  heddle.ops.SS, heddle.ops.SS.*
 *    → ops-SS → order-SS (store decisions-SS)
 *        → canonical-SS    → heddle.canonical
 *        → rejections-SS   → heddle.rejections
 *        → dead-letters-SS → heddle.dead-letters
 * </pre>
 *
 * <p>Keys and values are bytes up to the processor: what cannot be read is a matter of ours and not of Streams, whose
 * handlers could only skip it or stop.
 */
public final class TransformerTopology {

    private static final int SEGMENT_BYTES = 16 * 1024 * 1024;
    private static final String SOURCE = "ops-";
    private static final String PROCESSOR = "order-";
    private static final String STORE = "decisions-";
    private static final String CANONICAL = "canonical-";
    private static final String REJECTIONS = "rejections-";
    private static final String DEAD_LETTERS = "dead-letters-";

    /** A record without a time, which only topics not made by Heddle can hold, is of 1970; Streams would stop at it. */
    private static final TimestampExtractor LOG_TIME = (record, partitionTime) -> Math.max(0, record.timestamp());

    private TransformerTopology() {
    }

    /**
     * {@return the name of a shard's store}
     *
     * @param shard the shard, from 0
     */
    public static String store(int shard) {
        return STORE + Shards.digits(shard);
    }

    /**
     * {@return the topology}
     *
     * @param settings what ordering depends on
     * @param records  reads and writes records; shared by all shards
     * @param commits  how far input is committed
     * @param rawLogs  reads what a moved log stands on; shared by all shards
     * @param meters   where metrics are registered
     * @param nanoTime a running time in nanoseconds, for metrics only
     */
    public static Topology build(SequencerSettings settings, Records records, Commits commits, RawLogs rawLogs,
                                 MeterRegistry meters, LongSupplier nanoTime) {
        Objects.requireNonNull(records, "records");
        Topology topology = new Topology();
        for (int shard = 0; shard < settings.shards(); shard++) {
            SequencerMetrics metrics = new SequencerMetrics(meters, Shards.digits(shard));
            WorkspaceAddress address = new WorkspaceAddress(shard, settings.shards());
            OrderProcessor.Sequencers sequencers = (store, outputs) ->
                new ShardSequencer(address, settings, store, records, outputs, commits, rawLogs, metrics);
            addShard(topology, shard, address, settings.recordBytesMax(), wiring ->
                new OrderProcessor(wiring, sequencers, metrics, settings.recordBytesMax(), nanoTime));
        }
        return topology;
    }

    private static void addShard(Topology topology, int shard, WorkspaceAddress address, int recordBytesMax,
                                 Function<OrderProcessor.Wiring, OrderProcessor> processor) {
        String digits = Shards.digits(shard);
        OrderProcessor.Wiring wiring = new OrderProcessor.Wiring(store(shard), CANONICAL + digits,
            REJECTIONS + digits, DEAD_LETTERS + digits);
        topology.addSource(AutoOffsetReset.earliest(), SOURCE + digits, LOG_TIME, new ByteArrayDeserializer(),
            new ByteArrayDeserializer(), address.topics());
        topology.addProcessor(PROCESSOR + digits, () -> processor.apply(wiring), SOURCE + digits);
        topology.addStateStore(decisions(shard, recordBytesMax), PROCESSOR + digits);
        StreamPartitioner<byte[], byte[]> byShard = (topic, key, value, count) -> Optional.of(Set.of(shard));
        addSink(topology, wiring.canonical(), Topics.CANONICAL, byShard, digits);
        addSink(topology, wiring.rejections(), Topics.REJECTIONS, byShard, digits);
        addSink(topology, wiring.deadLetters(), Topics.DEAD_LETTERS,
            (topic, key, value, count) -> Optional.of(Set.of(shard % count)), digits);
    }

    private static void addSink(Topology topology, String name, String topic,
                                StreamPartitioner<byte[], byte[]> partitioner, String digits) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), partitioner,
            PROCESSOR + digits);
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> decisions(int shard, int recordBytesMax) {
        return Stores.keyValueStoreBuilder(new ReopenedStores(store(shard)), Serdes.Bytes(),
            Serdes.ByteArray()).withCachingDisabled().withLoggingEnabled(changelog(recordBytesMax));
    }

    /**
     * Settings of the changelog topics; records there may carry any time, so the broker's is taken. Whoever restores a
     * store reads what compaction has left: so it comes soon, in small segments, also to what nobody writes to any
     * more, and removals go soon too, as an entry that came back would only be removed once more.
     */
    private static Map<String, String> changelog(int recordBytesMax) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("cleanup.policy", "compact");
        settings.put("message.timestamp.type", "LogAppendTime");
        settings.put("max.message.bytes", Integer.toString(recordBytesMax));
        settings.put("segment.bytes", Integer.toString(Math.max(SEGMENT_BYTES, recordBytesMax)));
        settings.put("segment.ms", Long.toString(TimeUnit.MINUTES.toMillis(1)));
        settings.put("min.cleanable.dirty.ratio", "0.2");
        settings.put("max.compaction.lag.ms", Long.toString(TimeUnit.MINUTES.toMillis(10)));
        settings.put("delete.retention.ms", Long.toString(TimeUnit.SECONDS.toMillis(10)));
        return settings;
    }
}
