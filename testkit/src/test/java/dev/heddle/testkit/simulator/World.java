package dev.heddle.testkit.simulator;

import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.topic.CanonicalKey;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.snapshotter.store.RecordCodec;
import dev.heddle.testkit.invariant.InvariantBroken;
import dev.heddle.testkit.invariant.Watch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all parts of one run share: time, chance, the log, and who watches. */
final class World {

    final Timeline timeline = new Timeline();
    final Dice dice;
    final SimulationSettings settings;
    final Fault fault;
    final Watch watch;
    final Totals totals = new Totals();
    final HeddleSerdes serdes = SchemaServer.serdes();
    final RecordCodec codec = new RecordCodec(serdes.canonicalOp().deserializer(), serdes.snapshot());
    final List<String> workspaces = new ArrayList<>();
    final List<Partition> canonical = new ArrayList<>();
    final List<Partition> rejections = new ArrayList<>();
    final List<Partition> snapshots = new ArrayList<>();
    final List<Partition> changelogs = new ArrayList<>();
    final Partition deadLetters = new Partition(Topics.DEAD_LETTERS, timeline);
    private final Map<String, Partition> rawLogs = new LinkedHashMap<>();
    private final StringBuilder story;
    private InvariantBroken broken;
    private boolean calm;

    World(Dice dice, SimulationSettings settings, Fault fault, Watch watch, StringBuilder story) {
        this.dice = dice;
        this.settings = settings;
        this.fault = fault;
        this.watch = watch;
        this.story = story;
        for (int shard = 0; shard < settings.shards(); shard++) {
            canonical.add(new Partition(Topics.CANONICAL, timeline));
            rejections.add(new Partition(Topics.REJECTIONS, timeline));
            snapshots.add(new Partition(Topics.SNAPSHOTS, timeline));
            changelogs.add(new Partition("changelog", timeline));
            canonical.get(shard).listen(this::sawCanonical);
            snapshots.get(shard).listen(this::sawSnapshot);
        }
        for (int i = 0; i < settings.workspaces(); i++) {
            String name = "w" + i;
            workspaces.add(name);
            String topic = settings.sharedLog() ? Topics.OPS_PREFIX + Shards.digits(shardOf(name))
                : Topics.opsTopic(name, settings.shards());
            rawLogs.put(name, rawLogs.values().stream().filter(log -> log.topic().equals(topic)).findFirst()
                .orElseGet(() -> new Partition(topic, timeline)));
        }
    }

    int shardOf(String workspace) {
        return Shards.of(workspace, settings.shards());
    }

    Partition rawLog(String workspace) {
        return rawLogs.get(workspace);
    }

    /** {@return the raw logs of a shard, by topic} */
    Map<String, Partition> rawLogsOf(int shard) {
        Map<String, Partition> logs = new LinkedHashMap<>();
        rawLogs.forEach((workspace, log) -> {
            if (shardOf(workspace) == shard) {
                logs.put(log.topic(), log);
            }
        });
        return logs;
    }

    /** {@return whether nothing goes wrong any more, so that everything can come to rest} */
    boolean calm() {
        return calm;
    }

    void becomeCalm() {
        calm = true;
    }

    /** {@return points of a process that starts now; some processes are fated to die soon} */
    CrashPoints fate() {
        boolean fated = !calm && dice.chance(settings.crashPerMille());
        return new CrashPoints(fated ? dice.below(dice.chance(500) ? 60 : 800) : Long.MAX_VALUE, totals.deaths());
    }

    private void sawCanonical(Partition.Entry entry) {
        if (entry.value() == null) {
            totals.count("tombstones");
            CanonicalKey key = CanonicalKeys.parse(new String(entry.key(), StandardCharsets.UTF_8));
            watching(() -> watch.tombstoned(key.workspace(), key.version()));
        } else {
            totals.count("canonical records");
            watching(() -> watch.committed(OperationCodec.canonical(serdes.canonicalOp().deserializer()
                .deserialize(entry.topic(), entry.value())), entry.value()));
        }
    }

    private void sawSnapshot(Partition.Entry entry) {
        totals.count("snapshots");
        watching(() -> watch.snapshotWritten(codec.snapshot(entry.value())));
    }

    /** Watches something; what is found broken ends the run, whoever is on the way up. */
    void watching(Runnable look) {
        try {
            look.run();
        } catch (InvariantBroken found) {
            broken = broken == null ? found : broken;
            throw found;
        }
    }

    void checkUnbroken() {
        if (broken != null) {
            throw broken;
        }
    }

    /** Notes what happens, where somebody wants to read it. */
    void note(String who, Object what) {
        if (story != null) {
            story.append(timeline.nowMs() - Timeline.START_MS).append(' ').append(who).append(": ").append(what)
                .append('\n');
        }
    }
}
