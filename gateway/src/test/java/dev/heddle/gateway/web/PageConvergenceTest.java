package dev.heddle.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.workspace.Limits;
import dev.heddle.teststack.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Several pages against the engine's sequencer, over links that delay, break and lose what is under way. */
class PageConvergenceTest extends LoadedPage {

    private static final int RUNS = 40;
    private static final int STEPS = 160;

    @Test
    void shouldConvergeWhenLinksBreakAndEverybodyTypesAndDeletes() {
        Random random = Seeds.random("PageConvergenceTest.converge");
        for (int runs = 0; runs < RUNS; runs++) {
            PageRun run = new PageRun(script, random, 2 + random.nextInt(3), Limits.DEFAULT, "");
            for (int step = 0; step < STEPS; step++) {
                int page = random.nextInt(run.pages.size());
                if (random.nextInt(3) == 0) {
                    run.type(page, true, run.edits.text(3));
                } else {
                    run.shake(page);
                }
            }
            run.settle();
            run.expectAgreement();
            for (int page = 0; page < run.pages.size(); page++) {
                assertThat(run.news(page)).isEmpty();
            }
        }
    }

    @Test
    void shouldKeepEveryKeystrokeExactlyOnceWhenLinksBreak() {
        Random random = Seeds.random("PageConvergenceTest.keystrokes");
        for (int runs = 0; runs < RUNS; runs++) {
            PageRun run = new PageRun(script, random, 3, Limits.DEFAULT, "");
            int typed = 0;
            for (int step = 0; step < STEPS; step++) {
                int page = random.nextInt(run.pages.size());
                if (random.nextInt(3) == 0) {
                    // One code point of its own per keystroke, from the planes above the first.
                    run.type(page, false, Character.toString(0x20000 + typed++));
                } else {
                    run.shake(page);
                }
            }
            run.settle();
            run.expectAgreement();
            int[] kept = run.server.text().codePoints().sorted().toArray();
            assertThat(kept).hasSize(typed);
            for (int i = 0; i < typed; i++) {
                assertThat(kept[i]).isEqualTo(0x20000 + i);
            }
        }
    }

    @Test
    void shouldTakeBackOnlyWhatWasRefusedWhenAFileReachesItsLimit() {
        Random random = Seeds.random("PageConvergenceTest.refused");
        Limits limits = Limits.DEFAULT.toBuilder().fileCodePointsMax(24).build();
        int refused = 0;
        for (int runs = 0; runs < RUNS; runs++) {
            PageRun run = new PageRun(script, random, 3, limits, "");
            for (int step = 0; step < STEPS; step++) {
                int page = random.nextInt(run.pages.size());
                if (random.nextInt(3) == 0) {
                    run.type(page, random.nextBoolean(), run.edits.text(6));
                } else {
                    run.shake(page);
                }
            }
            run.settle();
            run.expectAgreement();
            for (int page = 0; page < run.pages.size(); page++) {
                refused += run.news(page).contains("rejected TOO_LARGE") ? 1 : 0;
            }
        }
        assertThat(refused).as("pages that met the limit").isPositive();
    }

    @Test
    void shouldSayWhatWasLostWhenTheFileIsDeletedUnderOnesHands() {
        PageRun run = new PageRun(script, new Random(1), 2, Limits.DEFAULT, "");
        run.pages.get(0).invokeMember("remove", SimulatedServer.FILE);
        run.pages.get(1).invokeMember("type", SimulatedServer.FILE, 0, 0, "typed too late");
        run.settle();
        assertThat(run.server.deleted()).isTrue();
        assertThat(run.news(0)).isEqualTo("deleted file.txt page true\ndelete accepted");
        assertThat(run.news(1)).isEqualTo("deleted file.txt page false\nrejected FILE_DELETED typed too late");
        assertThat(run.pages.get(1).invokeMember("unconfirmed").asInt()).isZero();
    }

    @Test
    void shouldSendTheSameMessageAgainWhenTheAnswerWasLost() {
        PageRun run = new PageRun(script, new Random(1), 1, Limits.DEFAULT, "");
        run.pages.get(0).invokeMember("type", SimulatedServer.FILE, 0, 0, "once");
        run.links.get(0).breakAfter(1, 0);
        long version = run.server.version();
        run.pages.get(0).invokeMember("type", SimulatedServer.FILE, 4, 0, " more");
        run.settle();
        assertThat(run.server.text()).isEqualTo("once more");
        assertThat(run.server.version()).isEqualTo(version + 1);
        run.expectAgreement();
    }
}
