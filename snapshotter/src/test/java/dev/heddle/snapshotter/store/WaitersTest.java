package dev.heddle.snapshotter.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WaitersTest {

    private final Waiters waiters = new Waiters();

    @Test
    void shouldCompleteInOrderOfWhatIsWaitedFor() {
        CompletableFuture<Void> third = waiters.awaitVersion("w", 3, () -> 1);
        CompletableFuture<Void> second = waiters.awaitVersion("w", 2, () -> 1);
        CompletableFuture<Void> other = waiters.awaitVersion("v", 2, () -> 1);
        CompletableFuture<Void> offset = waiters.awaitOffset(10, () -> 0);
        waiters.versionReached("w", 2);
        assertThat(second).isDone();
        assertThat(third).isNotDone();
        assertThat(other).isNotDone();
        waiters.versionReached("w", 5);
        waiters.offsetReached(10);
        assertThat(third).isDone();
        assertThat(offset).isDone();
        assertThat(waiters.waiting()).isEqualTo(1);
    }

    @Test
    void shouldBeDoneAtOnceWhenItWasReachedMeanwhile() {
        assertThat(waiters.awaitVersion("w", 3, () -> 3)).isDone();
        assertThat(waiters.awaitOffset(3, () -> 4)).isDone();
        assertThat(waiters.waiting()).isZero();
    }

    @Test
    void shouldForgetWhoGaveUpAndFailTheRestWhenTheShardGoes() {
        CompletableFuture<Void> gaveUp = waiters.awaitVersion("w", 3, () -> 0);
        CompletableFuture<Void> waits = waiters.awaitVersion("w", 4, () -> 0);
        waiters.forget("w", gaveUp);
        assertThat(waiters.waiting()).isEqualTo(1);
        waiters.failAll(new StoreClosedException(0));
        assertThat(waits).isCompletedExceptionally();
        assertThat(waiters.waiting()).isZero();
    }
}
