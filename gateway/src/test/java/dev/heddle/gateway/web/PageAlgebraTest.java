package dev.heddle.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Side;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.text.TextOperation;
import dev.heddle.engine.text.TextOperations;
import dev.heddle.teststack.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page's operations are the engine's: the same answers, in the same form, for random cases. */
class PageAlgebraTest extends LoadedPage {

    private static final int CASES = 2_500;

    @Test
    void shouldTransformAsTheEngineDoesWhenBothStandOnOneText() {
        RandomEdits edits = new RandomEdits(Seeds.random("PageAlgebraTest.transform"));
        for (int i = 0; i < CASES; i++) {
            int length = edits.below(12);
            TextOperation a = edits.operation(length);
            TextOperation b = edits.operation(length);
            for (Side side : Side.values()) {
                assertThat(script.text("transform", RandomEdits.json(a), RandomEdits.json(b),
                    side.name().toLowerCase()))
                    .as("%s over %s, %s", a, b, side).isEqualTo(TextOperations.transform(a, b, side).toString());
            }
        }
    }

    /** The vectors that are there for clients in any language, run by the page's own code. */
    @Test
    void shouldGiveTheVectorsResultWhenThePageRunsThem() throws IOException {
        JsonNode all = new ObjectMapper().readTree(Path.of(System.getProperty("heddle.root", ".."), "docs", "reference",
            "ot-vectors.json").toFile());
        for (JsonNode vector : all.path("vectors")) {
            String name = vector.path("name").asText();
            String text = vector.path("text").asText();
            String incoming = operation(vector.path("incoming"), text);
            String composed = operation(new ObjectMapper().createArrayNode(), text);
            for (JsonNode each : vector.path("committed")) {
                String committed = operation(each, text);
                composed = script.text("composeJson", composed, committed);
                incoming = script.text("transformJson", incoming, committed, "left");
                text = script.text("apply", committed, text);
            }
            assertThat(script.text("normal", incoming)).as(name)
                .isEqualTo(script.text("normal", operation(vector.path("transformed"), text)));
            assertThat(script.text("apply", incoming, text)).as(name).isEqualTo(vector.path("result").asText());
            String first = operation(vector.path("incoming"), vector.path("text").asText());
            assertThat(script.text("transform", first, composed, "left")).as(name)
                .isEqualTo(script.text("normal", incoming));
        }
        for (JsonNode vector : all.path("compositions")) {
            String text = vector.path("text").asText();
            String first = operation(vector.path("first"), text);
            String second = operation(vector.path("second"), script.text("apply", first, text));
            assertThat(script.text("compose", first, second)).as(vector.path("about").asText())
                .isEqualTo(script.text("normal", operation(vector.path("composed"), text)));
        }
        for (JsonNode vector : all.path("inverses")) {
            String text = vector.path("text").asText();
            String operation = operation(vector.path("operation"), text);
            assertThat(script.text("invert", operation, text)).as(vector.path("about").asText()).isEqualTo(
                script.text("normal", operation(vector.path("inverse"), script.text("apply", operation, text))));
        }
        for (JsonNode vector : all.path("changes")) {
            String text = vector.path("text").asText();
            assertThat(script.text("fromChanges", vector.path("changes").toString(), RandomEdits.length(text)))
                .as(vector.path("about").asText())
                .isEqualTo(script.text("normal", operation(vector.path("operation"), text)));
        }
        for (JsonNode vector : all.path("malformed")) {
            assertThat(script.call("wellFormed", vector.path("text").asText()).asBoolean()).isFalse();
        }
    }

    private static String operation(JsonNode components, String text) {
        return "{\"base\":" + RandomEdits.length(text) + ",\"components\":" + components + "}";
    }

    @Test
    void shouldComposeAsTheEngineDoesWhenOneFollowsTheOther() {
        RandomEdits edits = new RandomEdits(Seeds.random("PageAlgebraTest.compose"));
        for (int i = 0; i < CASES; i++) {
            TextOperation a = edits.operation(edits.below(12));
            TextOperation b = edits.operation(a.targetLength());
            assertThat(script.text("compose", RandomEdits.json(a), RandomEdits.json(b)))
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
            assertThat(script.text("apply", RandomEdits.json(a), text)).as("%s on %s", a, text).isEqualTo(expected);
            assertThat(script.text("editTree", text, RandomEdits.json(a))).as("%s on %s", a, text).isEqualTo(expected);
            assertThat(script.text("invert", RandomEdits.json(a), text)).as("%s on %s", a, text)
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
            assertThat(script.text("normal", RandomEdits.json(a))).isEqualTo(a.toString());
            assertThat(script.text("fromChanges", script.text("changes", RandomEdits.json(a)), a.baseLength()))
                .isEqualTo(Changes.toOperation(Changes.toChanges(a, null), a.baseLength()).toString());
            assertThat(script.text("fromChanges", changes, a.baseLength())).isEqualTo(a.toString());
        }
    }

    @Test
    void shouldKeepAnOperationWhenItGoesThroughTheEditor() {
        RandomEdits edits = new RandomEdits(Seeds.random("PageAlgebraTest.editor"));
        for (int i = 0; i < CASES; i++) {
            String text = edits.text(10);
            TextOperation a = edits.operation(RandomEdits.length(text));
            assertThat(script.text("throughEditor", text, RandomEdits.json(a))).as("%s on %s", a, text)
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
            assertThat(script.number("mapPosition", RandomEdits.json(a), position, "before")).as(name)
                .isEqualTo(placeOf(TextOperations.transform(marker, a, Side.LEFT)));
            assertThat(script.number("mapPosition", RandomEdits.json(a), position, "after")).as(name)
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
