package dev.heddle.transformer.processor;

import dev.heddle.CanonicalOp;
import dev.heddle.Rejection;
import dev.heddle.engine.workspace.Limits;
import dev.heddle.schemas.codec.Via;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.serde.SchemaRegistration;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.transformer.FakeRegistry;
import dev.heddle.transformer.store.DecisionStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;

/**
 * One shard's surroundings, simulated: raw logs, the changelog, the topics of answers and the committed offset. What an
 * {@link Instance} sends is in flight until it is flushed; a crash loses the tail of what is in flight to each topic.
 */
final class World implements AutoCloseable {

    static final int SHARDS = 1;
    static final String WORKSPACE = "demo";
    static final String TOPIC = "heddle.ops.00." + WORKSPACE;

    /** One answer in a topic. */
    record Answer(String topic, String key, byte[] value) {
    }

    /** A change of the store on its way to the changelog, or in it. */
    record Change(byte[] key, byte[] value) {
    }

    final FakeRegistry registry = new FakeRegistry();
    final HeddleSerdes serdes;
    final Records records;
    final List<Input> rawLog = new ArrayList<>();
    final List<Change> changelog = new ArrayList<>();
    final List<Answer> canonical = new ArrayList<>();
    final List<Answer> rejections = new ArrayList<>();
    final List<Answer> deadLetters = new ArrayList<>();
    final MeterRegistry meters = new SimpleMeterRegistry();
    SequencerSettings settings;
    int committed;

    World(int checkpointDecisions, int historyVersions) {
        this.settings = settings(checkpointDecisions, historyVersions, 32 * 1024 * 1024);
        SchemaRegistryClient client = registry.client();
        SchemaRegistration.registerAll(client).values().forEach(client::schema);
        this.serdes = HeddleSerdes.of(client);
        this.records = new Records(serdes, Via.UNSIGNED);
    }

    static SequencerSettings settings(int checkpointDecisions, int historyVersions, int recordBytesMax) {
        Limits limits = Limits.builder().historyVersionsMax(historyVersions).historyVersionsHot(4).build();
        return new SequencerSettings(SHARDS, limits, checkpointDecisions, historyVersions, recordBytesMax, true, 10,
            1 << 20);
    }

    /** Appends to the raw log; the record's time follows from its offset. */
    World append(SpecificRecord record) {
        return append(bytes(record));
    }

    World append(byte[] value) {
        rawLog.add(new Input(TOPIC, 0, rawLog.size(), 1_000_000L + rawLog.size(), null, value, new RecordHeaders()));
        return this;
    }

    /** Appends as a gateway does. */
    World appendByGateway(SpecificRecord record, Via via) {
        byte[] value = bytes(record);
        append(value);
        rawLog.get(rawLog.size() - 1).headers().add(Via.HEADER, via.header(TOPIC, value));
        return this;
    }

    @SuppressWarnings("unchecked")
    byte[] bytes(SpecificRecord record) {
        Serializer<SpecificRecord> serializer = (Serializer<SpecificRecord>) (Serializer<?>)
            (record instanceof CanonicalOp ? serdes.canonicalOp().serializer() : serdes.clientOp().serializer());
        return serializer.serialize(TOPIC, record);
    }

    List<CanonicalOp> canonicalOps() {
        return canonical.stream()
            .map(answer -> serdes.canonicalOp().deserializer().deserialize("", answer.value())).toList();
    }

    List<Rejection> rejected() {
        return rejections.stream()
            .map(answer -> serdes.rejection().deserializer().deserialize("", answer.value())).toList();
    }

    double count(String meter) {
        return meters.find(meter).counters().stream().mapToDouble(counter -> counter.count()).sum();
    }

    /** {@return an instance whose store holds what the changelog holds} */
    Instance fromChangelog() {
        return new Instance(null);
    }

    /** {@return an instance that reads everything from the start and is flushed} */
    Instance run() {
        Instance instance = fromChangelog();
        instance.readAll();
        instance.flush();
        return instance;
    }

    @Override
    public void close() {
        registry.close();
    }

    /** One process that believes it owns the shard. */
    final class Instance implements Outputs {

        private final List<Change> changes = new ArrayList<>();
        final MapTable table = new MapTable((key, value) -> changes.add(new Change(key, value)));
        private final List<Answer> canonicalInFlight = new ArrayList<>();
        private final List<Answer> rejectionsInFlight = new ArrayList<>();
        private final List<Answer> deadLettersInFlight = new ArrayList<>();
        private final ShardSequencer sequencer;
        int position = committed;
        private long version;

        Instance(MapTable local) {
            if (local != null) {
                table.entries().putAll(local.entries());
            } else {
                changelog.forEach(change -> table.restore(change.key(), change.value()));
            }
            sequencer = new ShardSequencer(new WorkspaceAddress(0, SHARDS), settings, new DecisionStore(table),
                records, this, topic -> committed, RawLogs.NONE, new SequencerMetrics(meters, "00"));
        }

        void read() {
            sequencer.accept(rawLog.get(position));
            position++;
        }

        void read(int count) {
            for (int i = 0; i < count; i++) {
                read();
            }
        }

        void readAll() {
            while (position < rawLog.size()) {
                read();
            }
        }

        /** Everything in flight arrives; then the offset is committed. */
        void flush() {
            arrive(changes.size(), canonicalInFlight.size(), rejectionsInFlight.size());
            committed = Math.max(committed, position);
        }

        /** The process dies; of what is in flight to each topic, only a random beginning arrives. */
        void crash(Random random) {
            arrive(random.nextInt(changes.size() + 1), random.nextInt(canonicalInFlight.size() + 1),
                random.nextInt(rejectionsInFlight.size() + 1));
        }

        /** So many changes of the store and answers arrive, the rest never does. */
        void arrive(int changeCount, int canonicalCount, int rejectionCount) {
            move(changes, changelog, changeCount);
            move(canonicalInFlight, canonical, canonicalCount);
            move(rejectionsInFlight, rejections, rejectionCount);
            move(deadLettersInFlight, deadLetters, deadLettersInFlight.size());
        }

        int changesInFlight() {
            return changes.size();
        }

        int canonicalInFlight() {
            return canonicalInFlight.size();
        }

        /** {@return the newest version it has answered} */
        long version() {
            return version;
        }

        private static <T> void move(List<T> from, List<T> to, int count) {
            to.addAll(from.subList(0, count));
            from.clear();
        }

        /** {@return the same process started again on its own disk} */
        Instance restarted() {
            return new Instance(table);
        }

        @Override
        public void canonical(String key, byte[] value, long timeMs) {
            version = Math.max(version, CanonicalKeys.parse(key).version());
            canonicalInFlight.add(new Answer("canonical", key, value));
        }

        @Override
        public void rejection(String key, byte[] value, long timeMs) {
            rejectionsInFlight.add(new Answer("rejections", key, value));
        }

        @Override
        public void deadLetter(Input input, String reason) {
            deadLettersInFlight.add(new Answer("dead-letters", reason.substring(0, Math.min(60, reason.length())),
                reason.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
