package dev.heddle.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.workspace.Limits;
import dev.heddle.teststack.Seeds;
import java.util.Random;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Undo on a page takes back one's own edits only, as the server committed them. */
class PageUndoTest extends LoadedPage {

    private static final int RUNS = 60;
    private static final int STEPS = 160;
    private static final String TEXT = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static PageRun two(String text) {
        return new PageRun(script, new Random(1), 2, Limits.DEFAULT, text);
    }

    @Test
    void shouldBringTextBackOnceWhenTwoPagesDeletedItAndBothUndo() {
        PageRun run = two("one word two");
        run.typeStep(0, 4, 5, "");
        run.typeStep(1, 4, 5, "");
        run.settle();
        assertThat(run.server.text()).isEqualTo("one two");
        run.undo(0);
        run.settle();
        run.undo(1);
        run.settle();
        run.expectAgreement();
        assertThat(run.server.text()).isEqualTo("one word two");
    }

    @Test
    void shouldBringTextBackOnceWhenBothUndoBeforeTheServerAnswered() {
        PageRun run = two("one word two");
        run.typeStep(0, 4, 5, "");
        run.typeStep(1, 4, 5, "");
        run.links.get(0).toServerOne();
        run.links.get(1).toServerOne();
        run.undo(0);
        run.undo(1);
        run.settle();
        run.expectAgreement();
        assertThat(run.server.text()).isEqualTo("one word two");
    }

    @Test
    void shouldSendNothingWhenAnEditIsUndoneBeforeItWasSent() {
        PageRun run = two("text");
        run.typeStep(0, 0, 0, "first");
        run.typeStep(0, 0, 0, "second");
        run.undo(0);
        assertThat(run.view(0)).isEqualTo("firsttext");
        long version = run.server.version();
        run.settle();
        assertThat(run.server.version()).isEqualTo(version + 1);
        assertThat(run.redo(0)).isTrue();
        run.settle();
        run.expectAgreement();
        assertThat(run.server.text()).isEqualTo("secondfirsttext");
    }

    @Test
    void shouldTakeBackWhatJoinsTogetherAndTheRestStepByStep() {
        PageRun run = two("");
        run.typeStep(0, 0, 0, "a");
        run.settle();
        run.pages.get(0).invokeMember("type", SimulatedServer.FILE, 1, 0, "b", true);
        run.settle();
        run.typeStep(0, 2, 0, "c");
        run.settle();
        run.undo(0);
        assertThat(run.view(0)).isEqualTo("ab");
        run.undo(0);
        assertThat(run.view(0)).isEmpty();
        assertThat(run.undo(0)).isFalse();
        run.redo(0);
        run.redo(0);
        assertThat(run.redo(0)).isFalse();
        run.settle();
        run.expectAgreement();
        assertThat(run.server.text()).isEqualTo("abc");
    }

    @Test
    void shouldLeaveOthersTextWhenItStandsInsideWhatIsUndone() {
        PageRun run = two("");
        run.typeStep(0, 0, 0, "mine");
        run.settle();
        run.typeStep(1, 2, 0, "YOURS");
        run.settle();
        run.undo(0);
        run.settle();
        run.expectAgreement();
        assertThat(run.server.text()).isEqualTo("YOURS");
        run.redo(0);
        run.settle();
        assertThat(run.server.text()).hasSize(9).contains("YOURS");
    }

    @Test
    void shouldForgetAnEditThatTheServerRefusedWhenItIsUndoneLater() {
        PageRun run = new PageRun(script, new Random(1), 1,
            Limits.DEFAULT.toBuilder().fileCodePointsMax(6).build(), "abc");
        run.typeStep(0, 3, 0, "d");
        run.settle();
        run.typeStep(0, 4, 0, "too much");
        run.settle();
        assertThat(run.view(0)).isEqualTo("abcd");
        run.undo(0);
        run.settle();
        run.expectAgreement();
        assertThat(run.server.text()).isEqualTo("abc");
    }

    @Test
    void shouldBringEveryDeletedCharacterBackExactlyOnceWhenAllPagesUndoAll() {
        Random random = Seeds.random("PageUndoTest.deletes");
        shake(random, TEXT, 0, (run, page) -> {
            int length = RandomEdits.length(run.view(page));
            int at = run.edits.below(length + 1);
            run.typeStep(page, at, Math.min(length - at, run.edits.below(8)), "");
        }, run -> assertThat(sorted(run.server.text())).isEqualTo(sorted(TEXT)));
    }

    @Test
    void shouldLeaveNothingThatWasTypedWhenAllPagesUndoAll() {
        Random random = Seeds.random("PageUndoTest.inserts");
        int[] typed = {0};
        shake(random, TEXT, 0, (run, page) -> run.typeStep(page,
            run.edits.below(RandomEdits.length(run.view(page)) + 1), 0, Character.toString(0x20000 + typed[0]++)),
            run -> assertThat(run.server.text()).isEqualTo(TEXT));
    }

    @Test
    void shouldConvergeWhenEverybodyTypesDeletesAndUndoesUnderALimit() {
        Random random = Seeds.random("PageUndoTest.mixed");
        shake(random, TEXT, 60, (run, page) -> {
            int length = RandomEdits.length(run.view(page));
            int at = run.edits.below(length + 1);
            run.pages.get(page).invokeMember("type", SimulatedServer.FILE, at,
                Math.min(length - at, run.edits.below(6)), run.edits.text(4), random.nextBoolean());
        }, run -> assertThat(run.server.text()).isNotNull());
    }

    private interface Typing {
        void type(PageRun run, int page);
    }

    private interface Outcome {
        void check(PageRun run);
    }

    /** Everybody types, undoes and does again over links that break, then all take everything back. */
    private static void shake(Random random, String text, int lengthMax, Typing typing, Outcome outcome) {
        Limits limits = lengthMax == 0 ? Limits.DEFAULT
            : Limits.DEFAULT.toBuilder().fileCodePointsMax(lengthMax).build();
        for (int runs = 0; runs < RUNS; runs++) {
            PageRun run = new PageRun(script, random, 2 + random.nextInt(2), limits, text);
            for (int step = 0; step < STEPS; step++) {
                int page = random.nextInt(run.pages.size());
                switch (random.nextInt(8)) {
                    case 0, 1 -> typing.type(run, page);
                    case 2 -> run.undo(page);
                    case 3 -> {
                        if (random.nextBoolean()) {
                            run.redo(page);
                        }
                    }
                    default -> run.shake(page);
                }
            }
            IntConsumer takeAllBack = page -> {
                while (run.undo(page)) {
                    run.shake(page);
                }
            };
            for (int page = 0; page < run.pages.size(); page++) {
                takeAllBack.accept(page);
            }
            run.settle();
            // What was on its way when a page undid may have brought something to take back again.
            for (int page = 0; page < run.pages.size(); page++) {
                takeAllBack.accept(page);
                run.settle();
            }
            run.expectAgreement();
            outcome.check(run);
        }
    }

    private static String sorted(String text) {
        return text.codePoints().sorted().collect(StringBuilder::new, StringBuilder::appendCodePoint,
            StringBuilder::append).toString();
    }
}
