package dev.heddle.gateway.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingPaceTest {

    private final List<String> calls = new ArrayList<>();
    private final List<Runnable> timers = new ArrayList<>();
    private final ReadingPace pace = new ReadingPace(Runnable::run, new ReadingPace.Source() {
        @Override
        public void pause() {
            calls.add("pause");
        }

        @Override
        public void resume() {
            calls.add("resume");
        }

        @Override
        public void after(long ms, Runnable task) {
            calls.add("after " + ms);
            timers.add(task);
        }
    });

    private void hand(int count) {
        for (int i = 0; i < count; i++) {
            pace.handing();
        }
    }

    private void handle(int count) {
        for (int i = 0; i < count; i++) {
            pace.handled();
        }
    }

    @Test
    void shouldPauseOnceWhenTheRoomIsBehindAndResumeWhenItHasCaughtUp() {
        hand(ReadingPace.UNHANDLED_MAX - 1);
        assertThat(calls).isEmpty();
        hand(3);
        assertThat(calls).containsExactly("pause");
        handle(ReadingPace.UNHANDLED_MAX / 2 + 1);
        assertThat(calls).containsExactly("pause");
        handle(1);
        assertThat(calls).containsExactly("pause", "resume");
        hand(ReadingPace.UNHANDLED_MAX / 2);
        assertThat(calls).containsExactly("pause", "resume", "pause");
    }

    @Test
    void shouldReadNothingForAsLongAsItIsSlowedDown() {
        pace.slowDown(3);
        pace.slowDown(500);
        assertThat(calls).containsExactly("pause", "after " + ReadingPace.SLOWED_MIN_MS);
        hand(ReadingPace.UNHANDLED_MAX);
        handle(ReadingPace.UNHANDLED_MAX);
        assertThat(calls).doesNotContain("resume");
        timers.get(0).run();
        assertThat(calls).endsWith("resume");
        pace.slowDown(70);
        assertThat(calls).endsWith("pause", "after 70");
    }

    @Test
    void shouldReadNothingWhileTooManyAreUnanswered() {
        for (int count = 1; count < ReadingPace.UNANSWERED_MAX; count++) {
            pace.unanswered(count);
        }
        assertThat(calls).isEmpty();
        pace.unanswered(ReadingPace.UNANSWERED_MAX);
        pace.unanswered(ReadingPace.UNANSWERED_MAX + 1);
        pace.unanswered(ReadingPace.UNANSWERED_MAX / 2 + 1);
        assertThat(calls).containsExactly("pause", "after 1000");
        assertThat(pace.reading()).isFalse();
        pace.unanswered(ReadingPace.UNANSWERED_MAX / 2);
        assertThat(calls).containsExactly("pause", "after 1000", "resume");
        assertThat(pace.reading()).isTrue();
    }

    @Test
    void shouldReadOnWhenAnswersDoNotComeAtAll() {
        pace.unanswered(ReadingPace.UNANSWERED_MAX);
        timers.get(0).run();
        assertThat(pace.reading()).isTrue();
        pace.unanswered(ReadingPace.UNANSWERED_MAX + 1);
        assertThat(pace.reading()).isTrue();
        pace.unanswered(ReadingPace.UNANSWERED_MAX / 2);
        pace.unanswered(ReadingPace.UNANSWERED_MAX);
        assertThat(pace.reading()).isFalse();
        timers.get(0).run();
        assertThat(pace.reading()).as("the earlier wait is over").isFalse();
        timers.get(1).run();
        assertThat(pace.reading()).isTrue();
    }

    @Test
    void shouldStayPausedWhenItWasStopped() {
        pace.slowDown(1);
        pace.stop();
        timers.get(0).run();
        hand(1);
        handle(1);
        assertThat(calls).containsExactly("pause", "after 10");
    }
}
