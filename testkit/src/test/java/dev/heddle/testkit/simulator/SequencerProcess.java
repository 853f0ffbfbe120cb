package dev.heddle.testkit.simulator;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.schemas.codec.Via;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.transformer.processor.DeadLetters;
import dev.heddle.transformer.processor.Input;
import dev.heddle.transformer.processor.Outputs;
import dev.heddle.transformer.processor.RawLogs;
import dev.heddle.transformer.processor.Records;
import dev.heddle.transformer.processor.SequencerMetrics;
import dev.heddle.transformer.processor.SequencerSettings;
import dev.heddle.transformer.processor.ShardSequencer;
import dev.heddle.transformer.processor.WorkspaceAddress;
import dev.heddle.transformer.store.DecisionStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The real sequencer of one shard, over the simulated log. */
final class SequencerProcess extends SimulatedProcess implements Outputs {

    private static final SequencerMetrics METRICS = new SequencerMetrics(new SimpleMeterRegistry(), "00");
    private static final int RECORD_BYTES_MAX = 1 << 20;

    private final int shard;
    private final Map<String, Partition> rawLogs;
    private final Consumer<Partition.Entry> wakeUp = appended -> wake();
    private final Map<String, Long> below = new HashMap<>();
    private final Consumer<CanonicalOperation> leak;
    private ShardSequencer sequencer;
    private long changesArrived;

    /**
     * A process.
     *
     * @param leak is told of canonical operations that are sent and not in the log yet: a planted bug's way out
     */
    SequencerProcess(Group group, Disk disk, long generation, int shard, Consumer<CanonicalOperation> leak) {
        super(group, disk, generation);
        this.shard = shard;
        this.rawLogs = world.rawLogsOf(shard);
        this.leak = leak;
    }

    @Override
    void open() {
        Partition changelog = world.changelogs.get(shard);
        changesArrived = changelog.end();
        for (Partition.Entry entry = changelog.next(disk.firstRestored); entry != null;
             entry = changelog.next(entry.offset() + 1)) {
            crash.pass("restore");
            if (entry.value() == null) {
                disk.first.remove(entry.key());
            } else {
                disk.first.put(entry.key(), entry.value());
            }
        }
        LoggedTable table = new LoggedTable(disk.first, crash, (key, value) ->
            producer.send(changelog, key, value, null, () -> changesArrived = changelog.end()));
        SequencerSettings settings = new SequencerSettings(world.settings.shards(), world.settings.limits(),
            world.settings.checkpointDecisions(), world.settings.historyVersions(), RECORD_BYTES_MAX, true, 2,
            1 << 20);
        sequencer = new ShardSequencer(new WorkspaceAddress(shard, world.settings.shards()), settings,
            new DecisionStore(table), new Records(world.serdes, Via.UNSIGNED), this,
            topic -> below.getOrDefault(topic, 0L), RawLogs.NONE, METRICS);
        rawLogs.values().forEach(log -> log.listen(wakeUp));
    }

    @Override
    boolean readSome() {
        List<Partition> waiting = rawLogs.values().stream().filter(log -> position(log) < log.end()).toList();
        if (waiting.isEmpty()) {
            return false;
        }
        Partition log = world.dice.one(waiting);
        int count = world.dice.between(1, 8);
        for (int i = 0; i < count && position(log) < log.end(); i++) {
            read(log, log.next(position(log)));
        }
        return true;
    }

    private void read(Partition log, Partition.Entry entry) {
        crash.pass("before a record");
        boolean skipped = world.fault == Fault.SKIPPED_RECORD && entry.offset() % 7 == 6;
        long timeMs = entry.timeMs() + (world.fault == Fault.OWN_CLOCK ? generation : 0);
        if (!skipped) {
            RecordHeaders headers = new RecordHeaders();
            if (entry.via() != null) {
                headers.add(Via.HEADER, entry.via());
            }
            sequencer.accept(new Input(log.topic(), 0, entry.offset(), timeMs, entry.key(), entry.value(), headers));
        }
        positions.put(log.topic(), entry.offset() + 1);
        crash.pass("after a record");
    }

    private long position(Partition log) {
        return positions.getOrDefault(log.topic(), 0L);
    }

    @Override
    boolean caughtUp() {
        return rawLogs.values().stream().allMatch(log -> position(log) == log.end());
    }

    @Override
    void durable() {
        below.putAll(positions);
        disk.firstRestored = changesArrived;
    }

    @Override
    void closed() {
        rawLogs.values().forEach(log -> log.forget(wakeUp));
    }

    @Override
    public void canonical(String key, byte[] value, long timeMs) {
        crash.pass("before the answer");
        byte[] sent = world.fault == Fault.BROKEN_CHAIN ? Garbling.otherAuthor(world, value) : value;
        if (world.fault != Fault.LOST_SEND || !key.endsWith("7")) {
            producer.send(world.canonical.get(shard), bytes(key), sent);
        }
        if (world.fault == Fault.ACK_BEFORE_COMMIT) {
            leak.accept(new Records(world.serdes, Via.UNSIGNED).canonical(value));
        }
        crash.pass("after the answer");
    }

    @Override
    public void rejection(String key, byte[] value, long timeMs) {
        crash.pass("before a rejection");
        producer.send(world.rejections.get(shard), bytes(key), value);
    }

    @Override
    public void deadLetter(Input input, String reason) {
        crash.pass("before a dead letter");
        world.note(toString(), "dead letter " + input.place() + ": " + reason);
        producer.send(world.deadLetters, input.key(), DeadLetters.of(input, reason, RECORD_BYTES_MAX).value());
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "sequencer " + Shards.digits(shard) + " #" + generation + " (" + disk.name + ")";
    }
}
