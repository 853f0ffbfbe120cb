package dev.heddle.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every operation on every short text: each character kept or deleted, each gap with an insert or without. */
class SmallScopeTest {

    private static List<TextOperation> all(int length, String insert) {
        List<TextOperation> operations = new ArrayList<>();
        for (int deletes = 0; deletes < 1 << length; deletes++) {
            for (int inserts = 0; inserts < 1 << length + 1; inserts++) {
                TextOperation.Builder operation = TextOperation.on(length);
                for (int gap = 0; gap <= length; gap++) {
                    operation.insert((inserts >> gap & 1) == 1 ? insert : "");
                    if (gap < length && (deletes >> gap & 1) == 1) {
                        operation.delete(1);
                    } else if (gap < length) {
                        operation.retain(1);
                    }
                }
                operations.add(operation.build());
            }
        }
        return operations;
    }

    @Test
    void shouldConvergeForEveryPairOnTextsUpToLengthThree() {
        for (String base : List.of("", "a", "a😀", "a😀b")) {
            Text text = Text.of(base);
            for (TextOperation a : all(text.lengthCodePoints(), "x")) {
                for (TextOperation b : all(text.lengthCodePoints(), "🚀")) {
                    TextOperation aOverB = TextOperations.transform(a, b, Side.LEFT);
                    TextOperation bOverA = TextOperations.transform(b, a, Side.RIGHT);
                    assertThat(text.apply(b).apply(aOverB)).as("%s and %s on %s", a, b, base)
                        .isEqualTo(text.apply(a).apply(bOverA));
                    TextOperation inverse = TextOperations.invert(a, text);
                    assertThat(text.apply(a).apply(inverse)).isEqualTo(text);
                }
            }
        }
    }

    @Test
    void shouldEqualTheStepsForEveryTripleOnTextsUpToLengthTwo() {
        int checked = 0;
        for (int length = 0; length <= 2; length++) {
            List<TextOperation> incoming = all(length, "x");
            for (TextOperation a : all(length, "y")) {
                List<Skeleton> overA = new ArrayList<>();
                incoming.forEach(x -> overA.add(Skeletons.transform(x.skeleton(), a.skeleton(), Side.LEFT)));
                for (TextOperation b : all(a.targetLength(), "z")) {
                    Skeleton composed = Skeletons.compose(a.skeleton(), b.skeleton());
                    for (int index = 0; index < incoming.size(); index++) {
                        Skeleton stepwise = Skeletons.transform(overA.get(index), b.skeleton(), Side.LEFT);
                        Skeleton whole = Skeletons.transform(incoming.get(index).skeleton(), composed, Side.LEFT);
                        if (!whole.equals(stepwise)) {
                            throw new AssertionError(incoming.get(index) + " over " + a + " then " + b + ": " + whole
                                + " (expected: " + stepwise + ")");
                        }
                        checked++;
                    }
                }
            }
        }
        assertThat(checked).isGreaterThan(100_000);
    }
}
