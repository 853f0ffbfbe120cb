package dev.heddle.snapshotter.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.engine.workspace.Hash;
import dev.heddle.engine.workspace.Limits;
import dev.heddle.snapshotter.fold.FileState;
import dev.heddle.teststack.Seeds;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RebuilderTest {

    private static final Rebuilder.Proof NOTHING_KNOWN = (after, upTo) -> Map.of();
    private final AtomicLong read = new AtomicLong();

    private Rebuilder rebuilder(RandomRawLog log, int interval, int milestones, int recent) {
        return new Rebuilder((workspace, fromOffset, visitor) -> {
            for (int i = (int) fromOffset; i < log.submissions.size(); i++) {
                read.incrementAndGet();
                if (!visitor.test(log.submissions.get(i))) {
                    return;
                }
            }
        }, Limits.DEFAULT, operation -> false, interval, milestones, recent);
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
}
