package dev.heddle.snapshotter.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.CanonicalOp;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.engine.workspace.Limits;
import dev.heddle.snapshotter.PlainAvro;
import dev.heddle.snapshotter.fold.FileState;
import dev.heddle.teststack.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RebuilderTest {

    private static final Rebuilder.Proof NOTHING_KNOWN = (after, upTo) -> Map.of();
    private final AtomicLong read = new AtomicLong();

    private Rebuilder rebuilder(RandomRawLog log, int interval, int milestones, int recent) {
        return rebuilder(log, interval, milestones, recent, null);
    }

    private Rebuilder rebuilder(RandomRawLog log, int interval, int milestones, int recent, MilestoneFiles files) {
        return new Rebuilder((workspace, fromOffset, visitor) -> {
            for (int i = (int) fromOffset; i < log.submissions.size(); i++) {
                read.incrementAndGet();
                if (!visitor.test(log.submissions.get(i))) {
                    return;
                }
            }
        }, Limits.DEFAULT, operation -> false, interval, milestones, recent, files);
    }

    private static void assertSame(PastState found, RandomRawLog log, long version) {
        assertThat(found.version()).isEqualTo(version);
        assertThat(found.hash()).isEqualTo(version == 0 ? Hash.ZERO : log.operations.get((int) version - 1).hash());
        Map<String, FileState> files = new HashMap<>();
        found.files().forEach(file -> files.put(file.file(), file));
        assertThat(files).isEqualTo(log.expected(version));
    }

    @Test
    void shouldRebuildAnyVersionWithWhoWroteWhatWhateverWasReadBefore() {
        Random random = Seeds.random("rebuild");
        RandomRawLog log = RandomRawLog.of("w", random, 400);
        Rebuilder rebuilder = rebuilder(log, 37, 5, 5);
        for (int i = 0; i < 40; i++) {
            long version = random.nextInt(401);
            assertSame(rebuilder.at("w", version, Long.MAX_VALUE, NOTHING_KNOWN), log, version);
            assertThat(rebuilder.kept()).isLessThanOrEqualTo(5);
        }
    }

    @Test
    void shouldGoOnFromTheLastPointPassedWhenReadAgain() {
        RandomRawLog log = RandomRawLog.of("w", Seeds.random("rebuild again"), 300);
        Rebuilder rebuilder = rebuilder(log, 50, 100, 1_000);
        rebuilder.at("w", 299, Long.MAX_VALUE, NOTHING_KNOWN);
        read.set(0);
        assertSame(rebuilder.at("w", 270, Long.MAX_VALUE, NOTHING_KNOWN), log, 270);
        assertThat(read.get()).isLessThan(log.submissions.size() / 2);
    }

    @Test
    void shouldStopAtATime() {
        RandomRawLog log = RandomRawLog.of("w", Seeds.random("rebuild at a time"), 120);
        Rebuilder rebuilder = rebuilder(log, 10, 100, 1_000);
        for (int version : new int[] {1, 40, 90}) {
            long timeMs = log.operations.get(version - 1).timeMs();
            assertSame(rebuilder.at("w", 120, timeMs, NOTHING_KNOWN), log, version);
        }
        assertSame(rebuilder.at("w", 120, -1, NOTHING_KNOWN), log, 0);
    }

    @Test
    void shouldRefuseAHistoryThatTheCanonicalLogDoesNotKnow() {
        RandomRawLog log = RandomRawLog.of("w", Seeds.random("rebuild proof"), 50);
        Hash wrong = log.operations.get(3).hash();
        assertThatThrownBy(() -> rebuilder(log, 10, 10, 1_000)
            .at("w", 40, Long.MAX_VALUE, (after, upTo) -> Map.of(20L, wrong)))
            .isInstanceOf(HistoryException.class).hasMessageContaining("version 20 rebuilt from the raw log has hash");
        assertThatThrownBy(() -> rebuilder(log, 10, 10, 1_000).at("w", 51, Long.MAX_VALUE, NOTHING_KNOWN))
            .hasMessage("workspace w: the raw log ends at version 50 (expected: at least 51)");
    }

    private static MilestoneFiles files(Path folder, long bytesMax) {
        return MilestoneFiles.open(folder,
            new MilestoneCodec(PlainAvro.serde(CanonicalOp.getClassSchema())), bytesMax);
    }

    @Test
    void shouldGoOnFromWhatIsOnDiskWhenTheProcessIsAnotherOne(@TempDir Path folder) {
        RandomRawLog log = RandomRawLog.of("w", Seeds.random("milestones on disk"), 300);
        assertSame(rebuilder(log, 50, 100, 1_000, files(folder, 1 << 24)).at("w", 299, Long.MAX_VALUE, NOTHING_KNOWN),
            log, 299);
        for (int version : new int[] {299, 270, 250, 120, 51}) {
            read.set(0);
            Rebuilder restarted = rebuilder(log, 50, 100, 1_000, files(folder, 1 << 24));
            assertSame(restarted.at("w", version, Long.MAX_VALUE, NOTHING_KNOWN), log, version);
            assertThat(read.get()).as("records read for version %d", version).isLessThan(130);
        }
    }

    @Test
    void shouldKeepPointsAsHistoryPassesWhenNobodyHasReadItYet(@TempDir Path folder) throws IOException {
        RandomRawLog log = RandomRawLog.of("w", Seeds.random("milestones kept"), 400);
        Rebuilder keeping = rebuilder(log, 50, 100, 1_000, files(folder, 1 << 24));
        keeping.keep("w", 130, NOTHING_KNOWN);
        assertThat(list(folder)).hasSize(2);
        assertThat(keeping.kept()).as("in memory, though nobody reads").isZero();
        read.set(0);
        keeping.keep("w", 149, NOTHING_KNOWN);
        assertThat(read.get()).as("records read where a point is near").isZero();
        keeping.keep("w", 301, NOTHING_KNOWN);
        assertThat(read.get()).as("records read, from the last point on").isLessThan(log.submissions.size() * 2L / 3);
        assertThat(list(folder)).hasSize(6);
        for (int version : new int[] {305, 270, 120, 51}) {
            read.set(0);
            Rebuilder restarted = rebuilder(log, 50, 100, 1_000, files(folder, 1 << 24));
            assertSame(restarted.at("w", version, Long.MAX_VALUE, NOTHING_KNOWN), log, version);
            assertThat(read.get()).as("records read for version %d", version).isLessThan(80);
        }
        MilestoneFiles none = files(folder.resolve("none"), 0);
        rebuilder(log, 50, 100, 1_000, none).keep("w", 301, NOTHING_KNOWN);
        assertThat(list(folder.resolve("none"))).isEmpty();
    }

    @Test
    void shouldGoOnKeepingWhenOneHistoryCannotBeRebuilt(@TempDir Path folder) throws Exception {
        RandomRawLog log = RandomRawLog.of("w", Seeds.random("milestones kept beside a fault"), 200);
        Hash wrong = log.operations.get(3).hash();
        MilestoneFiles files = files(folder, 1 << 24);
        try (MilestoneKeeper keeper = new MilestoneKeeper(rebuilder(log, 50, 100, 1_000, files),
            workspace -> workspace.equals("w") ? NOTHING_KNOWN : (after, upTo) -> Map.of(20L, wrong))) {
            keeper.passed("another", 120);
            keeper.passed("w", 120);
            keeper.passed("w", 60);
            while (files.before("w", 1_000, Long.MAX_VALUE) < 100) {
                Thread.onSpinWait();
            }
        }
        assertThat(files.before("another", 1_000, Long.MAX_VALUE)).isNegative();
    }

    @Test
    void shouldStandFurtherApartWhenPointsAreLarge(@TempDir Path folder) {
        RandomRawLog log = RandomRawLog.of("w", Seeds.random("milestones apart"), 60);
        MilestoneFiles files = files(folder, 1 << 24);
        rebuilder(log, 50, 100, 1_000, files).keep("w", 50, NOTHING_KNOWN);
        assertThat(files.due("w", 59)).isEqualTo(51);
        assertThat(files.due("w", 49)).as("before the first one").isZero();
        assertThat(files.due("other", 59)).isZero();
        assertThat(MilestoneFiles.apart(64 * 1024 + 40 * 7_000)).isEqualTo(7_000);
    }

    @Test
    void shouldRebuildFromTheLogWhenAFileOnDiskIsNotWhole(@TempDir Path folder) throws IOException {
        RandomRawLog log = RandomRawLog.of("w", Seeds.random("milestones broken"), 200);
        rebuilder(log, 50, 100, 1_000, files(folder, 1 << 24)).at("w", 199, Long.MAX_VALUE, NOTHING_KNOWN);
        List<Path> kept = list(folder);
        assertThat(kept).hasSize(3);
        for (Path path : kept) {
            byte[] bytes = Files.readAllBytes(path);
            bytes[bytes.length / 2] ^= 4;
            Files.write(path, bytes);
        }
        Files.write(folder.resolve(".left.milestone"), new byte[3]);
        Rebuilder restarted = rebuilder(log, 50, 100, 1_000, files(folder, 1 << 24));
        assertSame(restarted.at("w", 180, Long.MAX_VALUE, NOTHING_KNOWN), log, 180);
        assertThat(list(folder)).allMatch(path -> !path.getFileName().toString().startsWith("."));
    }

    @Test
    void shouldDropTheLeastRecentlyUsedWhenTheDiskHoldsEnough(@TempDir Path folder) throws IOException {
        RandomRawLog log = RandomRawLog.of("w", Seeds.random("milestones evicted"), 400);
        MilestoneFiles unbounded = files(folder, 1 << 24);
        rebuilder(log, 20, 100, 20, unbounded).at("w", 399, Long.MAX_VALUE, NOTHING_KNOWN);
        long bytesMax = unbounded.bytes() / 3;
        MilestoneFiles bounded = files(folder, bytesMax);
        assertThat(bounded.bytes()).isLessThanOrEqualTo(bytesMax).isPositive();
        long onDisk = 0;
        for (Path path : list(folder)) {
            onDisk += Files.size(path);
        }
        assertThat(onDisk).isEqualTo(bounded.bytes());
        assertThat(files(folder.resolve("none"), 0).bytes()).isZero();
    }

    @Test
    void shouldStartOverWhenTheMilestonesAreOfAnotherLogOfThatName(@TempDir Path folder) {
        RandomRawLog before = RandomRawLog.of("w", Seeds.random("milestones of before"), 100);
        rebuilder(before, 20, 100, 1_000, files(folder, 1 << 24)).at("w", 99, Long.MAX_VALUE, NOTHING_KNOWN);
        RandomRawLog now = RandomRawLog.of("w", Seeds.random("milestones of now"), 100);
        Rebuilder.Proof proof = (after, upTo) -> Map.of(95L, now.operations.get(94).hash());
        assertSame(rebuilder(now, 20, 100, 1_000, files(folder, 1 << 24)).at("w", 99, Long.MAX_VALUE, proof), now, 99);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> listed = Files.list(folder)) {
            return listed.toList();
        }
    }
}
