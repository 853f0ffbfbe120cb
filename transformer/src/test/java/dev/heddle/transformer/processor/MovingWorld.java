package dev.heddle.transformer.processor;

import dev.heddle.ClientOp;
import dev.heddle.Handover;
import dev.heddle.Noop;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.transformer.store.DecisionStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The two topics of one workspace whose log moves between them, and instances that are delivered both in any order. */
final class MovingWorld implements AutoCloseable {

    static final String OWN = World.TOPIC;
    static final String SHARED = "heddle.ops.00";

    final World base;
    final Map<String, List<Input>> topics = new LinkedHashMap<>();
    final Map<String, Integer> committed = new HashMap<>();
    private long clock = 1_000_000;
    private int moves;

    MovingWorld(int checkpointDecisions, int historyVersions) {
        base = new World(checkpointDecisions, historyVersions);
        topics.put(OWN, new ArrayList<>());
        topics.put(SHARED, new ArrayList<>());
    }

    /** Appends a record of the workspace to a topic and returns its offset. */
    long append(String topic, byte[] value) {
        return append(topic, World.WORKSPACE, value);
    }

    long append(String topic, String key, byte[] value) {
        List<Input> records = topics.get(topic);
        records.add(new Input(topic, 0, records.size(), clock++, key.getBytes(StandardCharsets.UTF_8), value,
            new RecordHeaders()));
        return records.size() - 1;
    }

    static ClientOp handover(String session, long seq, long version, String topic, Long offset) {
        return ClientOp.newBuilder().setSession(session).setSeq(seq).setBase(version).setOp(new Noop())
            .setHandover(new Handover(topic, offset)).build();
    }

    /** Appends the last record of the part in one topic; what is appended there next lies behind it. */
    long fence(String from, String to, long version) {
        return append(from, base.bytes(handover(new UUID(9, ++moves).toString(), 1, version, to, null)));
    }

    /** Appends the first record of the part in the other topic. */
    long begin(String to, String from, long fence) {
        return append(to, base.bytes(handover(new UUID(9, moves).toString(), 2, 0, from, fence)));
    }

    Instance fromChangelog() {
        return new Instance(null);
    }

    void forgetEverything() {
        base.changelog.clear();
        base.canonical.clear();
        base.rejections.clear();
        base.deadLetters.clear();
        committed.clear();
    }

    @Override
    public void close() {
        base.close();
    }

    /** One process that believes it owns the shard. */
    final class Instance implements Outputs, RawLogs {

        private final List<World.Change> changes = new ArrayList<>();
        final MapTable table = new MapTable((key, value) -> changes.add(new World.Change(key, value)));
        private final List<World.Answer> canonical = new ArrayList<>();
        private final List<World.Answer> rejections = new ArrayList<>();
        private final List<World.Answer> deadLetters = new ArrayList<>();
        private final Map<String, Integer> positions = new HashMap<>(committed);
        private final ShardSequencer sequencer;
        long version;

        Instance(MapTable local) {
            if (local != null) {
                table.entries().putAll(local.entries());
            } else {
                base.changelog.forEach(change -> table.restore(change.key(), change.value()));
            }
            sequencer = new ShardSequencer(new WorkspaceAddress(0, World.SHARDS), base.settings,
                new DecisionStore(table), base.records, this, topic -> committed.getOrDefault(topic, 0), this,
                new SequencerMetrics(base.meters, "00"));
        }

        boolean more(String topic) {
            return positions.getOrDefault(topic, 0) < topics.get(topic).size();
        }

        void read(String topic) {
            int position = positions.merge(topic, 1, Integer::sum);
            sequencer.accept(topics.get(topic).get(position - 1));
        }

        /** Reads up to an offset, itself included. */
        void readTo(String topic, long offset) {
            while (positions.getOrDefault(topic, 0) <= offset) {
                read(topic);
            }
        }

        /** Reads the next record of one of the topics; the very first one of the workspace's log comes first. */
        void readAny(Random random) {
            boolean own = positions.getOrDefault(OWN, 0) == 0 || random.nextBoolean();
            read(own && more(OWN) || !more(SHARED) ? OWN : SHARED);
        }

        void flush() {
            arrive(changes.size(), canonical.size(), rejections.size());
            positions.forEach((topic, position) -> committed.merge(topic, position, Math::max));
        }

        void crash(Random random) {
            arrive(random.nextInt(changes.size() + 1), random.nextInt(canonical.size() + 1),
                random.nextInt(rejections.size() + 1));
        }

        private void arrive(int changeCount, int canonicalCount, int rejectionCount) {
            move(changes, base.changelog, changeCount);
            move(canonical, base.canonical, canonicalCount);
            move(rejections, base.rejections, rejectionCount);
            move(deadLetters, base.deadLetters, deadLetters.size());
        }

        private static <T> void move(List<T> from, List<T> to, int count) {
            to.addAll(from.subList(0, count));
            from.clear();
        }

        Instance restarted() {
            return new Instance(table);
        }

        @Override
        public long committed(String topic) {
            return committed.getOrDefault(topic, 0);
        }

        @Override
        public boolean read(String topic, long fromOffset, long toOffset, Consumer<Input> visitor) {
            List<Input> records = topics.get(topic);
            if (records == null || records.size() <= toOffset) {
                return false;
            }
            for (long offset = fromOffset; offset <= toOffset; offset++) {
                visitor.accept(records.get((int) offset));
            }
            return true;
        }

        @Override
        public void canonical(String key, byte[] value, long timeMs) {
            version = Math.max(version, CanonicalKeys.parse(key).version());
            canonical.add(new World.Answer("canonical", key, value));
        }

        @Override
        public void rejection(String key, byte[] value, long timeMs) {
            rejections.add(new World.Answer("rejections", key, value));
        }

        @Override
        public void deadLetter(Input input, String reason) {
            deadLetters.add(new World.Answer("dead-letters", input.place(), reason.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
