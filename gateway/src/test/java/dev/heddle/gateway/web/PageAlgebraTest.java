package dev.heddle.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Side;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.text.TextOperation;
import dev.heddle.engine.text.TextOperations;
import dev.heddle.teststack.Seeds;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page's operations are the engine's: the same answers, in the same form, for random cases. */
class PageAlgebraTest {

    private static final int CASES = 2_500;
    private static PageScript page;

    @BeforeAll
    static void load() {
        page = new PageScript();
    }

    @AfterAll
    static void unload() {
        page.close();
    }

    @Test
    void shouldTransformAsTheEngineDoesWhenBothStandOnOneText() {
        RandomEdits edits = new RandomEdits(Seeds.random("PageAlgebraTest.transform"));
        for (int i = 0; i < CASES; i++) {
            int length = edits.below(12);
            TextOperation a = edits.operation(length);
            TextOperation b = edits.operation(length);
            for (Side side : Side.values()) {
                assertThat(page.text("transform", RandomEdits.json(a), RandomEdits.json(b), side.name().toLowerCase()))
                    .as("%s over %s, %s", a, b, side).isEqualTo(TextOperations.transform(a, b, side).toString());
            }
        }
    }

    @Test
    void shouldComposeAsTheEngineDoesWhenOneFollowsTheOther() {
        RandomEdits edits = new RandomEdits(Seeds.random("PageAlgebraTest.compose"));
        for (int i = 0; i < CASES; i++) {
            TextOperation a = edits.operation(edits.below(12));
            TextOperation b = edits.operation(a.targetLength());
            assertThat(page.text("compose", RandomEdits.json(a), RandomEdits.json(b)))
                .as("%s then %s", a, b).isEqualTo(TextOperations.compose(a, b).toString());
        }
    }

    @Test
    void shouldApplyAndInvertAsTheEngineDoesWhenGivenTheText() {
        RandomEdits edits = new RandomEdits(Seeds.random("PageAlgebraTest.apply"));
        for (int i = 0; i < CASES; i++) {
            String text = edits.text(10);
            TextOperation a = edits.operation(RandomEdits.length(text));
            String expected = Text.of(text).apply(a).toString();
            assertThat(page.text("apply", RandomEdits.json(a), text)).as("%s on %s", a, text).isEqualTo(expected);
            assertThat(page.text("editTree", text, RandomEdits.json(a))).as("%s on %s", a, text).isEqualTo(expected);
            assertThat(page.text("invert", RandomEdits.json(a), text)).as("%s on %s", a, text)
                .isEqualTo(TextOperations.invert(a, Text.of(text)).toString());
        }
    }

    @Test
    void shouldTurnOperationsIntoTheSameChangesAndBackWhenSent() {
        RandomEdits edits = new RandomEdits(Seeds.random("PageAlgebraTest.changes"));
        for (int i = 0; i < CASES; i++) {
            TextOperation a = edits.operation(edits.below(12));
            String changes = Changes.toChanges(a, null).stream().map(PageAlgebraTest::json)
                .collect(Collectors.joining(",", "[", "]"));
            assertThat(page.text("normal", RandomEdits.json(a))).isEqualTo(a.toString());
            assertThat(page.text("fromChanges", page.text("changes", RandomEdits.json(a)), a.baseLength()))
                .isEqualTo(Changes.toOperation(Changes.toChanges(a, null), a.baseLength()).toString());
            assertThat(page.text("fromChanges", changes, a.baseLength())).isEqualTo(a.toString());
        }
    }

    @Test
    void shouldKeepAnOperationWhenItGoesThroughTheEditor() {
        RandomEdits edits = new RandomEdits(Seeds.random("PageAlgebraTest.editor"));
        for (int i = 0; i < CASES; i++) {
            String text = edits.text(10);
            TextOperation a = edits.operation(RandomEdits.length(text));
            assertThat(page.text("throughEditor", text, RandomEdits.json(a))).as("%s on %s", a, text)
                .isEqualTo(Text.of(text).apply(a).toString());
        }
    }

    @Test
    void shouldMapAPositionBackAndForthWhenItIsInKeptText() {
        RandomEdits edits = new RandomEdits(Seeds.random("PageAlgebraTest.positions"));
        for (int i = 0; i < CASES; i++) {
            TextOperation a = edits.operation(1 + edits.below(12));
            int position = edits.below(a.baseLength() + 1);
            TextOperation marker = TextOperation.on(a.baseLength()).retain(position).insert("|").build();
            String name = a + " at " + position;
            // An insert at the position, brought over the operation, is where the position went.
            assertThat(page.number("mapPosition", RandomEdits.json(a), position, "before")).as(name)
                .isEqualTo(placeOf(TextOperations.transform(marker, a, Side.LEFT)));
            assertThat(page.number("mapPosition", RandomEdits.json(a), position, "after")).as(name)
                .isGreaterThanOrEqualTo(placeOf(TextOperations.transform(marker, a, Side.LEFT)));
        }
    }

    private static int placeOf(TextOperation marker) {
        return Changes.toChanges(marker, null).get(0).at();
    }

    private static String json(Change change) {
        return "{\"at\":" + change.at() + ",\"delete\":" + change.delete() + ",\"insert\":"
            + RandomEdits.quoted(change.insert()) + "}";
    }
}
