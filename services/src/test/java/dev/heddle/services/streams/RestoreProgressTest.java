package dev.heddle.services.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestoreProgressTest {

    private static final TopicPartition FIRST = new TopicPartition("changelog", 0);
    private static final TopicPartition SECOND = new TopicPartition("changelog", 1);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RestoreProgress progress = new RestoreProgress(meters, "snapshotter");

    private double left() {
        return meters.get("heddle.snapshotter.restore.left.records").gauge().value();
    }

    @Test
    void shouldTellWhatIsLeftOfAllPartitionsWhenBatchesArrive() {
        progress.onRestoreStart(FIRST, "store", 10, 110);
        progress.onRestoreStart(SECOND, "store", 0, 50);
        assertThat(left()).isEqualTo(150);
        progress.onBatchRestored(FIRST, "store", 50, 30);
        assertThat(left()).isEqualTo(120);
        progress.onRestoreEnd(FIRST, "store", 100);
        assertThat(progress.recordsLeft()).isEqualTo(50);
        progress.onRestoreSuspended(SECOND, "store", 0);
        assertThat(left()).isZero();
        assertThat(meters.get("heddle.snapshotter.restore.records").counter().count()).isEqualTo(30);
    }

    @Test
    void shouldNeverTellLessThanNothingWhenMoreArrivesThanWasThereAtTheStart() {
        progress.onRestoreStart(FIRST, "store", 0, 10);
        progress.onBatchRestored(FIRST, "store", 20, 20);
        assertThat(left()).isZero();
    }
}
