package dev.heddle.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.workspace.Limits;
import dev.heddle.teststack.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several pages against the engine's sequencer, over links that delay, break and lose what is under way. */
class PageConvergenceTest {

    private static final int RUNS = 40;
    private static final int STEPS = 160;
    private static PageScript script;

    @BeforeAll
    static void load() {
        script = new PageScript();
    }

    @AfterAll
    static void unload() {
        script.close();
    }

    /** One run: some pages with one file open, moved on step by step. */
    private static final class Run {
        final Random random;
        final RandomEdits edits;
        final SimulatedServer server;
        final List<Value> pages = new ArrayList<>();
        final List<SimulatedServer.Link> links = new ArrayList<>();

        Run(Random random, int count, Limits limits) {
            this.random = random;
            this.edits = new RandomEdits(random);
            this.server = new SimulatedServer(limits);
            for (int i = 0; i < count; i++) {
                Value page = script.call("page", "aaaaaaaa-0000-4000-8000-0000000%02d000".formatted(i));
                page.invokeMember("open", SimulatedServer.FILE);
                pages.add(page);
                links.add(server.link(page));
                links.get(i).connect();
            }
            settle();
        }

        String view(int page) {
            return pages.get(page).invokeMember("view", SimulatedServer.FILE).asString();
        }

        void type(int page, boolean deletes, String insert) {
            int length = RandomEdits.length(view(page));
            int at = edits.below(length + 1);
            int delete = deletes ? Math.min(length - at, edits.below(4)) : 0;
            pages.get(page).invokeMember("type", SimulatedServer.FILE, at, delete, insert);
        }

        /** Moves messages, breaks and mends links, at random. */
        void shake(int page) {
            SimulatedServer.Link link = links.get(page);
            int chance = random.nextInt(12);
            if (chance == 0 && link.isUp()) {
                link.breakAfter(edits.below(3), edits.below(4));
            } else if (!link.isUp() && chance < 5) {
                link.connect();
            } else if (chance < 8) {
                link.toServerOne();
            } else {
                link.toPageOne();
                mend(page);
            }
        }

        /** Until nothing is under way and nothing is unconfirmed. */
        void settle() {
            for (int round = 0; round < 10_000; round++) {
                boolean idle = true;
                for (int i = 0; i < pages.size(); i++) {
                    if (!links.get(i).isUp()) {
                        links.get(i).connect();
                    }
                    idle &= links.get(i).idle();
                    links.get(i).toServerOne();
                    links.get(i).toPageOne();
                    pages.get(i).invokeMember("wait");
                    mend(i);
                }
                if (idle) {
                    return;
                }
            }
            throw new AssertionError("the pages never came to rest");
        }

        private void mend(int page) {
            if (pages.get(page).getMember("wantsReconnect").asBoolean()) {
                links.get(page).breakAfter(0, 0);
                links.get(page).connect();
            }
        }

        void expectAgreement() {
            for (int i = 0; i < pages.size(); i++) {
                Value page = pages.get(i);
                assertThat(view(i)).as("text on page %d", i).isEqualTo(server.text());
                assertThat(page.invokeMember("serverText", SimulatedServer.FILE).asString()).isEqualTo(server.text());
                assertThat(page.invokeMember("phase", SimulatedServer.FILE).asString()).isEqualTo("synchronised");
                assertThat(page.invokeMember("unconfirmed").asInt()).isZero();
                assertThat(page.invokeMember("version").asLong()).isEqualTo(server.version());
            }
        }

        String news(int page) {
            return pages.get(page).invokeMember("news").asString();
        }
    }

    @Test
    void shouldConvergeWhenLinksBreakAndEverybodyTypesAndDeletes() {
        Random random = Seeds.random("PageConvergenceTest.converge");
        for (int runs = 0; runs < RUNS; runs++) {
            Run run = new Run(random, 2 + random.nextInt(3), Limits.DEFAULT);
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
            Run run = new Run(random, 3, Limits.DEFAULT);
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
            Run run = new Run(random, 3, limits);
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
        Run run = new Run(new Random(1), 2, Limits.DEFAULT);
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
        Run run = new Run(new Random(1), 1, Limits.DEFAULT);
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
