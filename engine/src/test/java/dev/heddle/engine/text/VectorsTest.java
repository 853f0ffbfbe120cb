package dev.heddle.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.heddle.engine.RejectionException;
import dev.heddle.engine.support.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs {@code docs/reference/ot-vectors.json}, which is there for clients in any language. */
class VectorsTest {

    private static Map<String, Object> vectors() throws IOException {
        Path file = Path.of(System.getProperty("heddle.root", ".."), "docs", "reference", "ot-vectors.json");
        return Json.object(Json.parse(Files.readString(file)));
    }

    private static TextOperation operation(Object components, int baseLength) {
        TextOperation.Builder operation = TextOperation.on(baseLength);
        for (Object component : Json.list(components)) {
            if (component instanceof String text) {
                operation.insert(text);
            } else if ((Long) component > 0) {
                operation.retain(Json.integer(component));
            } else {
                operation.delete(-Json.integer(component));
            }
        }
        return operation.build();
    }

    @TestFactory
    Stream<DynamicTest> shouldGiveTheResultWhenBroughtOverTheCommitted() throws IOException {
        return Json.list(vectors().get("vectors")).stream().map(Json::object).map(vector ->
            DynamicTest.dynamicTest(vector.get("name") + " " + vector.get("about"), () -> {
                Text text = Text.of((String) vector.get("text"));
                TextOperation incoming = operation(vector.get("incoming"), text.lengthCodePoints());
                TextOperation stepwise = incoming;
                TextOperation composed = TextOperation.noop(text.lengthCodePoints());
                for (Object each : Json.list(vector.get("committed"))) {
                    TextOperation committed = operation(each, text.lengthCodePoints());
                    text = text.apply(committed);
                    stepwise = TextOperations.transform(stepwise, committed, Side.LEFT);
                    composed = TextOperations.compose(composed, committed);
                }
                assertThat(stepwise).isEqualTo(operation(vector.get("transformed"), text.lengthCodePoints()));
                assertThat(TextOperations.transform(incoming, composed, Side.LEFT)).isEqualTo(stepwise);
                assertThat(text.apply(stepwise)).hasToString((String) vector.get("result"));
                Text mine = Text.of((String) vector.get("text")).apply(incoming);
                assertThat(mine.apply(TextOperations.transform(composed, incoming, Side.RIGHT))).isEqualTo(
                    text.apply(stepwise));
            }));
    }

    @TestFactory
    Stream<DynamicTest> shouldGiveTheOperationWhenChangesAreRead() throws IOException {
        return Json.list(vectors().get("changes")).stream().map(Json::object).map(vector ->
            DynamicTest.dynamicTest((String) vector.get("about"), () -> {
                Text text = Text.of((String) vector.get("text"));
                List<Change> changes = new ArrayList<>();
                for (Object each : Json.list(vector.get("changes"))) {
                    Map<String, Object> change = Json.object(each);
                    changes.add(new Change(Json.integer(change.get("at")), Json.integer(change.get("delete")),
                        (String) change.get("insert")));
                }
                TextOperation operation = Changes.toOperation(changes, text.lengthCodePoints());
                assertThat(operation).isEqualTo(operation(vector.get("operation"), text.lengthCodePoints()));
                assertThat(text.apply(operation)).hasToString((String) vector.get("result"));
                assertThat(Changes.toChanges(operation, null)).isEqualTo(changes);
            }));
    }

    @TestFactory
    Stream<DynamicTest> shouldGiveTheCompositionWhenOneFollowsTheOther() throws IOException {
        return each("compositions", vector -> {
            Text text = Text.of((String) vector.get("text"));
            TextOperation first = operation(vector.get("first"), text.lengthCodePoints());
            TextOperation second = operation(vector.get("second"), first.targetLength());
            TextOperation composed = TextOperations.compose(first, second);
            assertThat(composed).isEqualTo(operation(vector.get("composed"), text.lengthCodePoints()));
            assertThat(text.apply(composed)).isEqualTo(text.apply(first).apply(second));
        });
    }

    @TestFactory
    Stream<DynamicTest> shouldGiveTheInverseWhenTheTextIsKnown() throws IOException {
        return each("inverses", vector -> {
            Text text = Text.of((String) vector.get("text"));
            TextOperation operation = operation(vector.get("operation"), text.lengthCodePoints());
            TextOperation inverse = TextOperations.invert(operation, text);
            assertThat(inverse).isEqualTo(operation(vector.get("inverse"), operation.targetLength()));
            assertThat(text.apply(operation).apply(inverse)).isEqualTo(text);
        });
    }

    @TestFactory
    Stream<DynamicTest> shouldGiveTheIndexWhenPositionsAreTurnedIntoUtf16() throws IOException {
        return each("positions", vector -> {
            String text = (String) vector.get("text");
            List<Integer> indexes = Json.list(vector.get("utf16")).stream().map(Json::integer).toList();
            assertThat(CodePoints.count(text)).isEqualTo(indexes.size() - 1);
            for (int position = 0; position < indexes.size(); position++) {
                assertThat(CodePoints.toUtf16(text, position)).isEqualTo(indexes.get(position))
                    .isEqualTo(Text.of(text).toUtf16(position));
                assertThat(CodePoints.fromUtf16(text, indexes.get(position))).isEqualTo(position)
                    .isEqualTo(Text.of(text).fromUtf16(indexes.get(position)));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> shouldRefuseTheTextWhenItIsMalformed() throws IOException {
        return each("malformed", vector -> assertThatExceptionOfType(RejectionException.class)
            .isThrownBy(() -> Text.of((String) vector.get("text"))));
    }

    private static Stream<DynamicTest> each(String section, Consumer<Map<String, Object>> check) throws IOException {
        return Json.list(vectors().get(section)).stream().map(Json::object).map(vector ->
            DynamicTest.dynamicTest((String) vector.get("about"), () -> check.accept(vector)));
    }
}
