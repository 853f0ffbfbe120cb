package dev.heddle.snapshotter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Snapshot;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.snapshotter.fold.WorkspaceFold;
import dev.heddle.snapshotter.policy.SnapshotPolicy;
import dev.heddle.snapshotter.policy.TrimPolicy;
import dev.heddle.snapshotter.processor.Parts;
import dev.heddle.teststack.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotterTopologyTest {

    private static final SnapshotPolicy POLICY = new SnapshotPolicy(50, 1 << 20, 2_000, 30_000);
    private static final TrimPolicy KEEP_ALL = new TrimPolicy(100_000);

    @TempDir
    private Path directory;

    private TopologyHarness harness(SnapshotPolicy policy, TrimPolicy trim) {
        return new TopologyHarness(directory, policy, trim, 100);
    }

    static long version(TopologyHarness harness, String workspace, long minVersion) {
        return harness.shard().workspace(workspace).newest(minVersion, WorkspaceFold::version);
    }

    @Test
    void shouldWriteEveryLiveFileWhenTypingStops() {
        RandomLog log = RandomLog.of("w", Seeds.random("snapshots"), 333);
        try (TopologyHarness harness = harness(POLICY, KEEP_ALL)) {
            harness.pipe(log.operations());
            harness.advance(1_000);
            harness.advance(1_500);
            Map<String, Snapshot> newest = new HashMap<>();
            harness.snapshots().forEach(snapshot -> newest.put(snapshot.getFile(), snapshot));
            log.at(log.version()).values().forEach(expected -> {
                Snapshot snapshot = newest.remove(expected.file());
                assertThat(snapshot.getText()).isEqualTo(expected.text());
                assertThat(snapshot.getPath()).isEqualTo(expected.path());
                assertThat(snapshot.getFileVersion()).isEqualTo(expected.version());
                assertThat(snapshot.getDeleted()).isFalse();
            });
            assertThat(newest.values()).allMatch(Snapshot::getDeleted).allMatch(deleted -> deleted.getText().isEmpty());
        }
    }

    @Test
    void shouldWriteAfterOperationsAndAfterAPauseAndNotBefore() {
        RandomLog log = new RandomLog("w", new Random(5));
        log.create("a.txt", "x");
        while (log.version() < 120) {
            log.step();
        }
        try (TopologyHarness harness = harness(POLICY, KEEP_ALL)) {
            harness.pipe(log.operations().subList(0, 49));
            assertThat(harness.snapshots()).isEmpty();
            harness.pipe(log.operations().get(49));
            assertThat(harness.snapshots()).isNotEmpty().allMatch(snapshot -> snapshot.getVersion() == 50);
            harness.pipe(log.operations().get(50));
            harness.advance(1_000);
            assertThat(harness.snapshots()).isEmpty();
            harness.advance(1_000);
            harness.advance(1_000);
            assertThat(harness.snapshots()).hasSizeLessThanOrEqualTo(1);
            harness.advance(10_000);
            assertThat(harness.snapshots()).isEmpty();
        }
    }

    @Test
    void shouldSkipRepeatsAndGoOnWhenRecordsComeTwice() {
        RandomLog log = RandomLog.of("w", new Random(6), 60);
        try (TopologyHarness harness = harness(POLICY, KEEP_ALL)) {
            harness.pipe(log.operations().subList(0, 40));
            harness.pipe(log.operations().subList(10, 60));
            Hash hash = harness.shard().workspace("w").newest(0, WorkspaceFold::hash);
            assertThat(hash).isEqualTo(log.operations().get(59).hash());
            assertThat(harness.count("operations.repeated")).isEqualTo(30);
            assertThat(harness.count("faults")).isZero();
        }
    }

    @Test
    void shouldReportAGapAndGoOnWithOtherWorkspacesWhenAVersionIsMissing() {
        RandomLog broken = RandomLog.of("broken", new Random(7), 20);
        RandomLog sound = RandomLog.of("sound", new Random(8), 20);
        try (TopologyHarness harness = harness(POLICY, KEEP_ALL)) {
            harness.shard().workspace("broken").prepare();
            for (int i = 0; i < 20; i++) {
                if (i != 9) {
                    harness.pipe(broken.operations().get(i));
                }
                harness.pipe(sound.operations().get(i));
            }
            assertThat(harness.count("faults")).isEqualTo(1);
            assertThat(version(harness, "sound", 0)).isEqualTo(20);
            assertThat(version(harness, "broken", 9)).isEqualTo(9);
            assertThatThrownBy(
                () -> version(harness, "broken", 0))
                .hasMessage("workspace broken: version 11 follows version 9 (expected: 10; a gap is a bug)");
            harness.pipe(broken.operations().get(9));
            assertThat(version(harness, "broken", 0)).isEqualTo(20);
        }
    }

    @Test
    void shouldSendUnreadableRecordsToTheDeadLettersAndGoOn() {
        RandomLog log = RandomLog.of("w", new Random(9), 3);
        try (TopologyHarness harness = harness(POLICY, KEEP_ALL)) {
            harness.pipe(log.operations().get(0));
            harness.pipeCanonical(TopologyHarness.key(log.operations().get(1)), new byte[] {1, 2, 3});
            harness.pipeCanonical("nonsense".getBytes(StandardCharsets.UTF_8), TopologyHarness.value(
                log.operations().get(1)));
            harness.pipeCanonical(null, new byte[] {1});
            assertThat(harness.deadLetters()).hasSize(2).allSatisfy(letter -> assertThat(
                letter.headers().lastHeader("heddle.reason")).isNotNull());
            harness.pipe(log.operations().subList(1, 3));
            assertThat(version(harness, "w", 0)).isEqualTo(3);
            harness.pipeSnapshot("w/x".getBytes(StandardCharsets.UTF_8), new byte[] {9});
            assertThat(version(harness, "w", 0)).isEqualTo(3);
        }
    }

    @Test
    void shouldGiveTheSameFromEverySnapshotAndTheRestAsFromZero() {
        Random random = Seeds.random("snapshot at k plus replay");
        RandomLog log = RandomLog.of("w", random, 120);
        try (TopologyHarness harness = new TopologyHarness(directory, new SnapshotPolicy(1, 1, 0, 0), KEEP_ALL, 1)) {
            for (CanonicalOperation operation : log.operations()) {
                harness.pipe(operation);
                evict(harness);
                assertState(harness, log, operation.version());
            }
        }
        try (TopologyHarness harness = new TopologyHarness(directory.resolve("b"),
            new SnapshotPolicy(1 + random.nextInt(40), 1 << 20, 5_000, 60_000), KEEP_ALL, 1)) {
            for (CanonicalOperation operation : log.operations()) {
                harness.pipe(operation);
                evict(harness);
                assertState(harness, log, operation.version());
            }
        }
    }

    /** One workspace is held at most, so another one's use throws this one out. */
    private static void evict(TopologyHarness harness) {
        harness.shard().workspace("other").prepare();
        assertThat(harness.shards.hot().find("w")).isNull();
    }

    static void assertState(TopologyHarness harness, RandomLog log, long version) {
        Map<String, RandomLog.Expected> expected = log.at(version);
        harness.shard().workspace(log.workspace()).newest(version, fold -> {
            assertThat(fold.version()).isEqualTo(version);
            assertThat(fold.hash()).isEqualTo(log.operations().get((int) version - 1).hash());
            assertThat(fold.files().stream().filter(file -> !file.deleted()).map(file -> file.file()))
                .containsExactlyInAnyOrderElementsOf(expected.keySet());
            expected.values().forEach(file -> {
                assertThat(fold.fileAt(file.path()).text().toString()).isEqualTo(file.text());
                assertThat(fold.fileAt(file.path()).version()).isEqualTo(file.version());
                assertThat(fold.fileAt(file.path()).runs().runs().stream()
                    .flatMap(run -> Collections.nCopies(run.length(), run.origin().version()).stream())
                    .toList()).isEqualTo(file.points().stream().map(RandomLog.Point::version).toList());
            });
            return null;
        });
    }

    @Test
    void shouldKeepTheOperationsOfAFileThatIsTooLargeForASnapshotAndGoOn() {
        RandomLog log = new RandomLog("w", new Random(41));
        log.create("small.txt", "x");
        log.create("large.txt", "y".repeat(40_000));
        try (TopologyHarness harness = new TopologyHarness(directory, POLICY, new TrimPolicy(1), 1, 32 * 1024)) {
            harness.pipe(log.operations());
            harness.advance(1_000);
            harness.advance(2_000);
            List<Snapshot> written = harness.snapshots();
            assertThat(written).extracting(Snapshot::getPath).containsExactly("small.txt");
            assertThat(written).allMatch(snapshot -> snapshot.getCovered() == 0 && snapshot.getOldest() == 0);
            assertThat(harness.operations()).hasSize(2);
            evict(harness);
            assertState(harness, log, 2);
        }
    }

    @Test
    void shouldMatchTheReferencePageWhenDescribed() throws IOException {
        try (TopologyHarness harness = harness(POLICY, KEEP_ALL)) {
            String description = SnapshotterTopology.build(new Parts(4, 1 << 25, harness.shards,
                harness.codec, POLICY, KEEP_ALL, null, Runnable::run, (workspace, version) -> { },
                (partition, offset) -> offset)).describe()
                .toString();
            assertThat(description).doesNotContain("KSTREAM", "KTABLE");
            Golden.check("docs/reference/topology-snapshotter.txt", description);
        }
    }
}
