package dev.heddle.gateway.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingPaceTest {

    private final List<String> calls = new ArrayList<>();
    private final List<Runnable> timers = new ArrayList<>();
    private static final int UNDER_WAY_MAX = 6;

    private final ReadingPace.Source source = new ReadingPace.Source() {
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
    };
    private final List<Runnable> onLoop = new ArrayList<>();
    private final ReadingPace pace = new ReadingPace(Runnable::run, source, UNDER_WAY_MAX);

    private int unanswered;

    private static void hand(ReadingPace pace, int count) {
        for (int i = 0; i < count; i++) {
            pace.handing();
        }
    }

    private static void handle(ReadingPace pace, int count) {
        for (int i = 0; i < count; i++) {
            pace.handled();
        }
    }

    private void submit(int count) {
        for (int i = 0; i < count; i++) {
            pace.handing();
            pace.unanswered(++unanswered);
            pace.handled();
        }
    }

    private void answer(int count) {
        for (int i = 0; i < count; i++) {
            pace.unanswered(--unanswered);
        }
    }

    @Test
    void shouldPauseOnceWhenTheRoomIsBehindAndResumeWhenItHasCaughtUp() {
        ReadingPace wide = new ReadingPace(Runnable::run, source, 10_000);
        hand(wide, ReadingPace.UNHANDLED_MAX - 1);
        assertThat(calls).isEmpty();
        hand(wide, 3);
        assertThat(calls).containsExactly("pause", "after 1000");
        handle(wide, ReadingPace.UNHANDLED_MAX / 2 + 1);
        assertThat(calls).hasSize(2);
        handle(wide, 1);
        assertThat(calls).endsWith("resume");
        hand(wide, ReadingPace.UNHANDLED_MAX / 2);
        assertThat(calls).endsWith("resume", "pause");
    }

    @Test
    void shouldReadNothingForAsLongAsItIsSlowedDown() {
        pace.slowDown(3);
        pace.slowDown(500);
        assertThat(calls).containsExactly("pause", "after " + ReadingPace.SLOWED_MIN_MS);
        hand(pace, UNDER_WAY_MAX);
        handle(pace, UNDER_WAY_MAX);
        assertThat(calls).doesNotContain("resume");
        timers.get(0).run();
        assertThat(calls).endsWith("resume");
        pace.slowDown(70);
        assertThat(calls).endsWith("pause", "after 70");
    }

    @Test
    void shouldReadNothingWhileAsManyAreUnansweredAsMayBe() {
        submit(UNDER_WAY_MAX - 1);
        assertThat(calls).isEmpty();
        submit(1);
        assertThat(pace.reading()).isFalse();
        assertThat(calls).containsExactly("pause", "after 1000");
        answer(UNDER_WAY_MAX / 2 - 1);
        assertThat(calls).hasSize(2);
        answer(1);
        assertThat(pace.reading()).isTrue();
        assertThat(calls).endsWith("resume");
    }

    @Test
    void shouldCountWhatTheRoomHasNotSeenYet() {
        submit(UNDER_WAY_MAX - 2);
        hand(pace, 1);
        assertThat(pace.reading()).isTrue();
        hand(pace, 1);
        assertThat(pace.reading()).as("%d unanswered, 2 not looked at", UNDER_WAY_MAX - 2).isFalse();
        handle(pace, 2);
        answer(1);
        assertThat(pace.reading()).isTrue();
    }

    @Test
    void shouldReadOneAfterTheOtherWhenOnlyOneMayBeUnderWay() {
        ReadingPace narrow = new ReadingPace(Runnable::run, source, 1);
        for (int times = 0; times < 3; times++) {
            narrow.handing();
            assertThat(narrow.reading()).isFalse();
            narrow.unanswered(1);
            narrow.handled();
            assertThat(narrow.reading()).isFalse();
            narrow.unanswered(0);
            assertThat(narrow.reading()).isTrue();
        }
    }

    @Test
    void shouldReadOnWhenTheAnswerCameBeforeItHadStopped() {
        // The room is done with the message while the socket's loop is about to say that nothing is read.
        ReadingPace[] narrow = new ReadingPace[1];
        narrow[0] = new ReadingPace(onLoop::add, new ReadingPace.Source() {
            @Override
            public void pause() {
                source.pause();
                narrow[0].handled();
            }

            @Override
            public void resume() {
                source.resume();
            }

            @Override
            public void after(long ms, Runnable task) {
                source.after(ms, task);
            }
        }, 1);
        narrow[0].handing();
        assertThat(narrow[0].reading()).isTrue();
        assertThat(calls).containsExactly("pause", "resume");
    }

    @Test
    void shouldReadOnWhenAnswersDoNotComeAtAll() {
        submit(UNDER_WAY_MAX);
        timers.get(0).run();
        assertThat(pace.reading()).isTrue();
        submit(10);
        assertThat(pace.reading()).isTrue();
        answer(unanswered - UNDER_WAY_MAX / 2);
        submit(UNDER_WAY_MAX - UNDER_WAY_MAX / 2);
        assertThat(pace.reading()).isFalse();
        answer(UNDER_WAY_MAX / 2);
        submit(UNDER_WAY_MAX / 2);
        assertThat(timers).as("one at a time").hasSize(2);
        timers.get(1).run();
        assertThat(pace.reading()).as("that was for the earlier wait").isFalse();
        timers.get(2).run();
        assertThat(pace.reading()).isTrue();
    }

    @Test
    void shouldReadOnWhenAnswersDoNotComeAfterItWasSlowedDown() {
        pace.slowDown(10);
        submit(UNDER_WAY_MAX);
        timers.get(0).run();
        assertThat(pace.reading()).isFalse();
        timers.get(1).run();
        assertThat(pace.reading()).isTrue();
    }

    @Test
    void shouldStayPausedWhenItWasStopped() {
        pace.slowDown(1);
        pace.stop();
        timers.get(0).run();
        hand(pace, 1);
        handle(pace, 1);
        assertThat(calls).containsExactly("pause", "after 10");
    }
}
