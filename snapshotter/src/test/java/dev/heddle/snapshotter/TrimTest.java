package dev.heddle.snapshotter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.snapshotter.fold.FileState;
import dev.heddle.snapshotter.fold.FileVersion;
import dev.heddle.snapshotter.fold.WorkspaceFold;
import dev.heddle.snapshotter.policy.SnapshotPolicy;
import dev.heddle.snapshotter.policy.TrimPolicy;
import dev.heddle.snapshotter.store.HotWorkspace;
import dev.heddle.snapshotter.store.StoreNames;
import dev.heddle.snapshotter.store.StoredSnapshot;
import dev.heddle.teststack.Seeds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the bounded log promises, crash by crash. A crash is a new instance, its state directory empty, that is
 * given the topics as they were cut off: the state of an instance is nothing but the topics.
 */
class TrimTest {

    private static final SnapshotPolicy OFTEN = new SnapshotPolicy(7, 1 << 20, 500, 5_000);
    private static final TrimPolicy KEEP_20 = new TrimPolicy(20);

    @TempDir
    private Path directory;
    private int instances;

    /** The two topics after compaction: the last value of each key, tombstones gone. */
    private record Topics(Map<String, byte[]> canonical, List<Map.Entry<String, byte[]>> snapshots) {
    }

    private TopologyHarness instance(TrimPolicy trim) {
        return new TopologyHarness(directory.resolve("instance-" + instances++), OFTEN, trim, 10);
    }

    private TopologyHarness instance(Topics topics, TrimPolicy trim) {
        TopologyHarness harness = instance(trim);
        harness.restore(StoreNames.SNAPSHOTS, topics.snapshots());
        harness.restore(StoreNames.OPERATIONS, List.copyOf(topics.canonical().entrySet()));
        return harness;
    }

    private static void assertKept(TopologyHarness harness, RandomLog log) {
        HotWorkspace workspace = harness.shard().workspace(log.workspace());
        long oldest = workspace.oldest();
        SnapshotterTopologyTest.assertState(harness, log, log.version());
        for (long version = oldest; version <= log.version(); version++) {
            long asOf = version;
            List<FileVersion> tree = workspace.history(asOf, WorkspaceFold::files, (index, newest) -> {
                Map<String, FileState> byId = new HashMap<>();
                newest.forEach(file -> byId.put(file.file(), file));
                return index.treeAt(asOf, byId::get);
            });
            assertThat(tree).as("tree at %d of %d to %d", asOf, oldest, log.version())
                .containsExactlyInAnyOrderElementsOf(log.at(asOf).values().stream().map(file -> new FileVersion(
                    file.file(), file.path(), file.points().size(), file.version())).toList());
            for (RandomLog.Expected file : log.at(asOf).values()) {
                FileState found = workspace.history(asOf, fold -> fold.file(file.file()), (index, newest) ->
                    index.fileAt(asOf, newest, false, at -> harness.shard().stores().operation(log.workspace(), at)));
                assertThat(found.text().toString()).isEqualTo(file.text());
            }
        }
    }

    @Test
    void shouldKeepEveryVersionPromisedAndNoMoreThanThatWhenTheLogIsTrimmed() {
        RandomLog log = RandomLog.of("w", Seeds.random("trim"), 300);
        try (TopologyHarness harness = instance(KEEP_20)) {
            for (CanonicalOperation operation : log.operations()) {
                harness.pipe(operation);
                harness.advance(120);
            }
            harness.advance(1_000);
            harness.advance(1_000);
            long oldest = harness.shard().workspace("w").oldest();
            assertThat(oldest).isBetween(278L - 7, 280L);
            assertThat(harness.operations()).hasSizeLessThan(100);
            assertThat(harness.count("operations.trimmed")).isGreaterThan(150);
            assertKept(harness, log);
            try (TopologyHarness fresh = instance(new Topics(harness.operations(),
                List.copyOf(harness.stored(StoreNames.SNAPSHOTS).entrySet())), KEEP_20)) {
                assertThat(fresh.shard().workspace("w").oldest()).isEqualTo(oldest);
                assertKept(fresh, log);
            }
        }
    }

    /** A long log may wait to be trimmed for a while, and more of it is given up meanwhile. */
    @Test
    void shouldRemoveEveryVersionOnceWhenMuchWaitsToBeTrimmed() {
        RandomLog log = RandomLog.of("w", Seeds.random("trim once"), 3_000);
        try (TopologyHarness harness = instance(KEEP_20)) {
            // No time passes for trimming while all this comes in.
            harness.pipe(log.operations());
            List<String> removed = new ArrayList<>();
            for (int step = 0; step < 60; step++) {
                harness.advance(100);
                removed.addAll(harness.tombstones());
            }
            assertThat(removed).hasSizeGreaterThan(2_500).doesNotHaveDuplicates();
            assertKept(harness, log);
        }
    }

    @Test
    void shouldLoseNothingWhenTheSnapshotsAreCutOffAnywhere() {
        Random random = Seeds.random("trim, snapshots cut off");
        RandomLog log = RandomLog.of("w", random, 90);
        List<TestRecord<byte[], byte[]>> written;
        Map<String, byte[]> whole = new LinkedHashMap<>();
        try (TopologyHarness harness = instance(new TrimPolicy(100_000))) {
            harness.pipe(log.operations());
            harness.advance(1_000);
            harness.advance(1_000);
            written = harness.snapshotRecords();
            whole.putAll(harness.operations());
        }
        assertThat(written).hasSizeGreaterThan(10);
        for (int cut = 0; cut <= written.size(); cut++) {
            Map<String, byte[]> snapshots = new LinkedHashMap<>();
            written.subList(0, cut).forEach(record ->
                snapshots.put(new String(record.key(), StandardCharsets.UTF_8), record.value()));
            try (TopologyHarness harness = instance(new Topics(whole, List.copyOf(snapshots.entrySet())), KEEP_20)) {
                SnapshotterTopologyTest.assertState(harness, log, log.version());
            }
        }
    }

    @Test
    void shouldNeverRemoveWhatNoDurableSnapshotHoldsWhateverIsCutOff() {
        Random random = Seeds.random("trim, tombstones cut off");
        for (int round = 0; round < 3; round++) {
            RandomLog log = RandomLog.of("w", random, 120);
            try (TopologyHarness harness = instance(KEEP_20)) {
                Set<String> gone = new HashSet<>();
                for (CanonicalOperation operation : log.operations()) {
                    harness.pipe(operation);
                    harness.advance(random.nextInt(200));
                    for (String key : harness.tombstones()) {
                        gone.add(key);
                        assertHeld(harness, log, CanonicalKeys.parse(key).version());
                    }
                    if (random.nextInt(10) == 0) {
                        restartWithSomeTombstones(harness, log, operation.version(), random);
                    }
                }
                assertThat(gone).isNotEmpty();
            }
        }
    }

    /** The operation's file is in the snapshot store as of a version at or after it. */
    private static void assertHeld(TopologyHarness harness, RandomLog log, long version) {
        String file = log.operations().get((int) version - 1).file();
        if (file != null) {
            StoredSnapshot snapshot = harness.shard().stores().snapshot(log.workspace(), file);
            assertThat(snapshot.version()).isGreaterThanOrEqualTo(version);
        }
    }

    private void restartWithSomeTombstones(TopologyHarness harness, RandomLog log, long version, Random random) {
        Map<String, byte[]> canonical = new LinkedHashMap<>(harness.operations());
        // Some of the removals had not reached the topic: the operations are still there.
        int oldest = (int) harness.shard().workspace("w").oldest();
        for (CanonicalOperation operation : log.operations().subList(random.nextInt(oldest + 1), oldest)) {
            canonical.put(new String(TopologyHarness.key(operation), StandardCharsets.UTF_8),
                TopologyHarness.value(operation));
        }
        try (TopologyHarness next = instance(new Topics(canonical,
            List.copyOf(harness.stored(StoreNames.SNAPSHOTS).entrySet())), KEEP_20)) {
            SnapshotterTopologyTest.assertState(next, log, version);
            next.scanAgain();
            for (int i = 0; i < 5; i++) {
                next.advance(200);
            }
            SnapshotterTopologyTest.assertState(next, log, version);
            assertThat(next.operations().size()).isLessThanOrEqualTo(harness.operations().size() + 10);
        }
    }

    @Test
    void shouldWaitForOperationsWithoutAnAlarmWhenASnapshotIsReadAgainBeforeThem() {
        RandomLog log = RandomLog.of("w", new Random(21), 60);
        List<Map.Entry<String, byte[]>> ahead;
        SnapshotPolicy onceIdle = new SnapshotPolicy(1_000, 1 << 20, 500, 600_000);
        try (TopologyHarness harness = new TopologyHarness(directory.resolve("one batch"), onceIdle,
            new TrimPolicy(100_000), 10)) {
            harness.pipe(log.operations());
            harness.advance(1_000);
            harness.advance(1_000);
            assertThat(harness.stored(StoreNames.SNAPSHOTS).size()).isGreaterThan(1);
            // The record that ends the batch is the one not yet read again.
            ahead = harness.stored(StoreNames.SNAPSHOTS).entrySet().stream()
                .filter(record -> harness.codec.snapshot(record.getValue()).covered() < 60).toList();
        }
        Map<String, byte[]> first = new LinkedHashMap<>();
        log.operations().subList(0, 30).forEach(operation -> first.put(
            new String(TopologyHarness.key(operation), StandardCharsets.UTF_8), TopologyHarness.value(operation)));
        try (TopologyHarness next = instance(new Topics(first, ahead), new TrimPolicy(100_000))) {
            assertThatThrownBy(() -> SnapshotterTopologyTest.version(next, "w", 0))
                .hasMessageContaining("are still to be read");
            log.operations().subList(30, 60).forEach(operation -> {
                next.pipe(operation);
                next.advance(1_000);
            });
            SnapshotterTopologyTest.assertState(next, log, 60);
            assertThat(next.count("faults")).isZero();
            try (TopologyHarness another = instance(new Topics(next.operations(),
                List.copyOf(next.stored(StoreNames.SNAPSHOTS).entrySet())), new TrimPolicy(100_000))) {
                SnapshotterTopologyTest.assertState(another, log, 60);
            }
        }
    }

    /** Seed 18941 of the simulator: compaction had taken the file's older snapshot, and the newer was not read yet. */
    @Test
    void shouldReadAWorkspaceAgainWhenTheSnapshotItMissedIsRead() {
        RandomLog log = RandomLog.of("w", Seeds.random("late snapshot"), 120);
        Map<String, byte[]> stored;
        try (TopologyHarness harness = instance(KEEP_20)) {
            harness.pipe(log.operations());
            harness.advance(1_000);
            harness.advance(1_000);
            stored = harness.stored(StoreNames.SNAPSHOTS);
            Map<String, byte[]> all = new LinkedHashMap<>();
            log.operations().forEach(operation -> all.put(
                new String(TopologyHarness.key(operation), StandardCharsets.UTF_8), TopologyHarness.value(operation)));
            String missing = changedBeforeWhatIsKept(harness, log, stored);
            List<Map.Entry<String, byte[]>> others = stored.entrySet().stream()
                .filter(record -> !record.getKey().equals(missing)).toList();
            try (TopologyHarness next = instance(new Topics(all, others), KEEP_20)) {
                assertThatThrownBy(() -> SnapshotterTopologyTest.version(next, "w", 0))
                    .hasMessageContaining("but its snapshot is missing");
                next.pipeSnapshot(missing.getBytes(StandardCharsets.UTF_8), stored.get(missing));
                assertThat(SnapshotterTopologyTest.version(next, "w", 0)).isEqualTo(120);
                SnapshotterTopologyTest.assertState(next, log, 120);
            }
        }
    }

    private static String changedBeforeWhatIsKept(TopologyHarness harness, RandomLog log, Map<String, byte[]> stored) {
        return stored.keySet().stream().filter(key -> {
            long oldest = stored.entrySet().stream().filter(other -> !other.getKey().equals(key))
                .mapToLong(other -> harness.codec.snapshot(other.getValue()).oldest()).max().orElse(0);
            return log.operations().stream().anyMatch(operation -> operation.version() <= oldest
                && operation.file() != null && key.endsWith(operation.file()));
        }).findFirst().orElseThrow();
    }

    @Test
    void shouldWriteTheNewerSnapshotAgainWhenAnOlderOneComesAfterIt() {
        RandomLog log = new RandomLog("w", new Random(21));
        log.create("a.txt", "one");
        while (log.version() < 40) {
            log.step();
        }
        try (TopologyHarness harness = instance(KEEP_20)) {
            harness.pipe(log.operations());
            harness.advance(1_000);
            harness.advance(1_000);
            List<TestRecord<byte[], byte[]>> written = harness.snapshotRecords();
            Map<String, byte[]> stored = harness.stored(StoreNames.SNAPSHOTS);
            TestRecord<byte[], byte[]> first = written.stream().filter(record -> !Arrays.equals(record.value(),
                stored.get(new String(record.key(), StandardCharsets.UTF_8)))).findFirst().orElseThrow();
            byte[] newest = stored.get(new String(first.key(), StandardCharsets.UTF_8));
            harness.pipeSnapshot(first.key(), first.value());
            assertThat(harness.snapshotRecords()).hasSize(1).first()
                .satisfies(record -> assertThat(record.value()).isEqualTo(newest));
            SnapshotterTopologyTest.assertState(harness, log, log.version());
        }
    }

    @Test
    void shouldRepairAStaleSnapshotWhenItsOperationsAreStillKept() {
        RandomLog log = RandomLog.of("w", Seeds.random("stale snapshot"), 60);
        try (TopologyHarness harness = instance(new TrimPolicy(100_000))) {
            harness.pipe(log.operations());
            harness.advance(1_000);
            harness.advance(1_000);
            Map<String, byte[]> stale = new LinkedHashMap<>();
            harness.snapshotRecords().forEach(record ->
                stale.putIfAbsent(new String(record.key(), StandardCharsets.UTF_8), record.value()));
            Map<String, byte[]> mixed = new LinkedHashMap<>(harness.stored(StoreNames.SNAPSHOTS));
            List<String> keys = new ArrayList<>(mixed.keySet());
            for (int i = 0; i < keys.size(); i += 2) {
                mixed.put(keys.get(i), stale.get(keys.get(i)));
            }
            try (TopologyHarness next = instance(new Topics(harness.operations(), List.copyOf(mixed.entrySet())),
                KEEP_20)) {
                SnapshotterTopologyTest.assertState(next, log, log.version());
            }
        }
    }

    @Test
    void shouldSaySoWhenASnapshotIsOlderThanWhatWasRemoved() {
        RandomLog log = new RandomLog("w", new Random(31));
        log.create("a.txt", "one");
        while (log.version() < 200) {
            log.step();
        }
        try (TopologyHarness harness = instance(KEEP_20)) {
            List<TestRecord<byte[], byte[]>> written = new ArrayList<>();
            for (CanonicalOperation operation : log.operations()) {
                harness.pipe(operation);
                harness.advance(120);
            }
            harness.advance(2_000);
            written.addAll(harness.snapshotRecords());
            Map<String, byte[]> snapshots = new LinkedHashMap<>(harness.stored(StoreNames.SNAPSHOTS));
            TestRecord<byte[], byte[]> old = written.stream().filter(record -> record.value() != null
                    && harness.codec.snapshot(record.value()).version() < 100
                    && harness.codec.snapshot(snapshots.getOrDefault(new String(record.key(), StandardCharsets.UTF_8),
                        record.value())).state().version() > 110)
                .findFirst().orElseThrow();
            snapshots.put(new String(old.key(), StandardCharsets.UTF_8), old.value());
            try (TopologyHarness next = instance(new Topics(harness.operations(), List.copyOf(snapshots.entrySet())),
                KEEP_20)) {
                assertThatThrownBy(() -> next.shard().workspace("w").newest(0, WorkspaceFold::version))
                    .hasMessageContaining("the operations between may be gone");
                assertThat(next.count("faults")).isEqualTo(1);
            }
        }
    }

    /**
     * A sequencer that was frozen for hours, or whose offsets were set back, sends again what was removed meanwhile.
     * Here each removed operation comes back alone, as of an in-flight batch only a part may arrive.
     */
    @Test
    void shouldReadTheSameWhenARemovedOperationComesBack() {
        RandomLog log = RandomLog.of("w", Seeds.random("removed operations come back"), 150);
        for (int back = 0; back < 100; back += 9) {
            try (TopologyHarness harness = trimmed(log)) {
                harness.pipe(log.operations().get(back));
                assertKept(harness, log);
            }
        }
    }

    @Test
    void shouldReadTheSameWhenEverythingRemovedComesBackInAnyOrder() {
        Random random = Seeds.random("all removed operations come back");
        RandomLog log = RandomLog.of("w", random, 150);
        try (TopologyHarness harness = trimmed(log)) {
            List<CanonicalOperation> again = new ArrayList<>(log.operations());
            java.util.Collections.shuffle(again, random);
            harness.pipe(again);
            assertKept(harness, log);
        }
    }

    @Test
    void shouldRemoveAgainWhatCameBackWhenTheShardIsTakenOver() {
        RandomLog log = RandomLog.of("w", Seeds.random("removed again"), 150);
        try (TopologyHarness harness = trimmed(log)) {
            int before = harness.operations().size();
            harness.pipe(log.operations().subList(0, 100));
            assertThat(harness.operations()).hasSizeGreaterThan(before);
            try (TopologyHarness next = instance(new Topics(harness.operations(),
                List.copyOf(harness.stored(StoreNames.SNAPSHOTS).entrySet())), KEEP_20)) {
                next.scanAgain();
                for (int i = 0; i < 5; i++) {
                    next.advance(200);
                }
                assertThat(next.operations()).hasSize(before);
                assertKept(next, log);
            }
        }
    }

    /**
     * The last owner wrote a part of a batch and died; the next one knows of that part before it has read all the
     * operations behind it. What it writes then would claim to hold what it has not read. Found by the simulation.
     */
    @Test
    void shouldWriteNoSnapshotAheadOfItsOwnOperationsWhenTheLastOwnerWasFurther() {
        RandomLog log = RandomLog.of("w", Seeds.random("snapshots ahead"), 60);
        List<TestRecord<byte[], byte[]>> written;
        try (TopologyHarness harness = instance(new TrimPolicy(100_000))) {
            harness.pipe(log.operations().subList(0, 30));
            harness.advance(1_000);
            harness.pipe(log.operations().subList(30, 60));
            harness.advance(1_000);
            written = harness.snapshotRecords();
        }
        for (int cut = 1; cut < written.size(); cut += 2) {
            Map<String, byte[]> snapshots = new LinkedHashMap<>();
            written.subList(0, cut).forEach(record ->
                snapshots.put(new String(record.key(), StandardCharsets.UTF_8), record.value()));
            Map<String, byte[]> some = new LinkedHashMap<>();
            log.operations().subList(0, 10 + cut % 45).forEach(operation -> some.put(
                new String(TopologyHarness.key(operation), StandardCharsets.UTF_8), TopologyHarness.value(operation)));
            try (TopologyHarness next = instance(new Topics(some, List.copyOf(snapshots.entrySet())), KEEP_20)) {
                next.scanAgain();
                next.advance(1_000);
                next.pipe(log.operations().subList(10 + cut % 45, 60));
                next.advance(1_000);
                next.advance(1_000);
                for (TestRecord<byte[], byte[]> record : next.snapshotRecords()) {
                    StoredSnapshot snapshot = next.codec.snapshot(record.value());
                    RandomLog.Expected expected = log.at(snapshot.version()).get(snapshot.state().file());
                    assertThat(snapshot.state().deleted()).isEqualTo(expected == null);
                    if (expected != null) {
                        assertThat(snapshot.state().text().toString()).as("as of %d, cut at %d", snapshot.version(),
                            cut).isEqualTo(expected.text());
                    }
                }
                SnapshotterTopologyTest.assertState(next, log, 60);
            }
        }
    }

    /** All of a log folded, snapshots written, everything older than the newest 20 versions removed. */
    private TopologyHarness trimmed(RandomLog log) {
        TopologyHarness harness = instance(KEEP_20);
        for (CanonicalOperation operation : log.operations()) {
            harness.pipe(operation);
            harness.advance(120);
        }
        harness.advance(1_000);
        harness.advance(1_000);
        return harness;
    }
}
