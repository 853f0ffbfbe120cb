package dev.heddle.snapshotter.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PolicyTest {

    private static final SnapshotPolicy POLICY = new SnapshotPolicy(500, 256 * 1024, 2_000, 30_000);

    private static ChangeCounters changes(long operations, long bytes, long firstMs, long lastMs) {
        ChangeCounters changes = new ChangeCounters(firstMs);
        changes.add(operations, bytes, lastMs);
        return changes;
    }

    @Test
    void shouldBeDueAtEachThresholdAndNotBefore() {
        assertThat(POLICY.due(changes(499, 0, 0, 0), 0, 0)).isEmpty();
        assertThat(POLICY.due(changes(500, 0, 0, 0), 0, 0)).contains(SnapshotReason.OPERATIONS);
        assertThat(POLICY.due(changes(1, 256 * 1024 - 1, 0, 0), 0, 0)).isEmpty();
        assertThat(POLICY.due(changes(1, 256 * 1024, 0, 0), 0, 0)).contains(SnapshotReason.BYTES);
        assertThat(POLICY.due(changes(1, 1, 0, 100), 0, 2_099)).isEmpty();
        assertThat(POLICY.due(changes(1, 1, 0, 100), 0, 2_100)).contains(SnapshotReason.IDLE);
        assertThat(POLICY.due(changes(1, 1, 0, 29_999), 0, 29_999)).isEmpty();
        assertThat(POLICY.due(changes(1, 1, 0, 29_999), 0, 30_000)).contains(SnapshotReason.AGE);
    }

    @Test
    void shouldNeverBeDueWhenNothingChanged() {
        assertThat(POLICY.due(new ChangeCounters(0), 0, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void shouldWaitLongerWhenTheChangedTextsAreLarge() {
        long tenMebibytes = 10L << 20;
        assertThat(POLICY.due(changes(4_999, 0, 0, 0), tenMebibytes, 0)).isEmpty();
        assertThat(POLICY.due(changes(5_000, 0, 0, 0), tenMebibytes, 0)).contains(SnapshotReason.OPERATIONS);
        assertThat(POLICY.due(changes(1, 1, 0, 0), tenMebibytes, 19_999)).isEmpty();
        assertThat(POLICY.due(changes(1, 1, 0, 0), tenMebibytes, 20_000)).contains(SnapshotReason.IDLE);
        assertThat(POLICY.due(changes(500, 0, 0, 0), SnapshotPolicy.FREE_TEXT_BYTES, 0))
            .contains(SnapshotReason.OPERATIONS);
    }

    @Test
    void shouldKeepTheVersionsAskedForAndMoveInSteps() {
        TrimPolicy trim = new TrimPolicy(100);
        assertThat(trim.oldest(0, 100)).isZero();
        assertThat(trim.oldest(0, 109)).isZero();
        assertThat(trim.oldest(0, 110)).isEqualTo(10);
        assertThat(trim.oldest(10, 119)).isEqualTo(10);
        assertThat(trim.oldest(10, 500)).isEqualTo(400);
        assertThat(trim.oldest(400, 300)).isEqualTo(400);
        assertThat(new TrimPolicy(1).oldest(0, 2)).isEqualTo(1);
    }
}
