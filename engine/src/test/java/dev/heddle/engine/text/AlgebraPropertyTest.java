package dev.heddle.engine.text;

import static dev.heddle.engine.text.TextOperations.compose;
import static dev.heddle.engine.text.TextOperations.invert;
import static dev.heddle.engine.text.TextOperations.transform;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.support.Choices;
import dev.heddle.engine.support.Property;
import dev.heddle.engine.support.Texts;
import dev.heddle.engine.support.Texts.Edit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The laws of the text algebra (P1 to P8, P11, P12); the expected texts come from the generator, never from apply. */
class AlgebraPropertyTest {

    private static final int CASES = 10_000;
    private static final int LENGTH_MAX = 14;

    private static TextOperation checked(TextOperation operation) {
        TextOperations.check(operation);
        return operation;
    }

    private static String apply(String text, TextOperation operation) {
        return Text.of(text).apply(operation).toString();
    }

    @Test
    void shouldGiveTheGeneratorsTextWhenApplied() {
        Property.holds(CASES, choices -> {
            String base = Texts.text(choices, LENGTH_MAX);
            Edit edit = Texts.edit(choices, base);
            checked(edit.operation());
            assertThat(apply(base, edit.operation())).isEqualTo(edit.target());
            assertThat(CodePoints.count(edit.target())).isEqualTo(edit.operation().targetLength());
        });
    }

    @Test
    void shouldConvergeWhenTwoOperationsAreTransformedOverEachOther() {
        Property.holds(3 * CASES, choices -> {
            String base = Texts.text(choices, LENGTH_MAX);
            Edit a = Texts.edit(choices, base);
            Edit b = Texts.edit(choices, base);
            for (Side side : Side.values()) {
                Side other = side == Side.LEFT ? Side.RIGHT : Side.LEFT;
                TextOperation aOverB = checked(transform(a.operation(), b.operation(), side));
                TextOperation bOverA = checked(transform(b.operation(), a.operation(), other));
                assertThat(apply(b.target(), aOverB)).isEqualTo(apply(a.target(), bOverA));
            }
        });
    }

    @Test
    void shouldApplyLikeBothWhenComposed() {
        Property.holds(CASES, choices -> {
            String base = Texts.text(choices, LENGTH_MAX);
            Edit a = Texts.edit(choices, base);
            Edit b = Texts.edit(choices, a.target());
            Edit c = Texts.edit(choices, b.target());
            TextOperation ab = checked(compose(a.operation(), b.operation()));
            assertThat(apply(base, ab)).isEqualTo(b.target());
            assertThat(compose(ab, c.operation()))
                .isEqualTo(compose(a.operation(), compose(b.operation(), c.operation())));
            assertThat(Skeletons.compose(a.operation().skeleton(), b.operation().skeleton())).isEqualTo(ab.skeleton());
        });
    }

    @Test
    void shouldEqualTheStepsWhenTransformedOverAComposition() {
        Property.holds(3 * CASES, choices -> {
            String base = Texts.text(choices, LENGTH_MAX);
            TextOperation incoming = Texts.edit(choices, base).operation();
            TextOperation stepwise = incoming;
            TextOperation composed = TextOperation.noop(incoming.baseLength());
            String text = base;
            for (int steps = 1 + choices.below(6); steps > 0; steps--) {
                Edit committed = Texts.edit(choices, text);
                stepwise = transform(stepwise, committed.operation(), Side.LEFT);
                composed = compose(composed, committed.operation());
                text = committed.target();
            }
            assertThat(transform(incoming, composed, Side.LEFT)).isEqualTo(stepwise);
        });
    }

    /**
     * The texts agree, but not always the operations: exactness holds for one side only. So a client may catch up with
     * one composed operation, yet what others did must be held step by step where it is moved past an author's own.
     */
    @Test
    void shouldLeadToTheSameTextWhenACompositionIsTransformedPastAPendingOperation() {
        Property.holds(CASES, choices -> {
            String base = Texts.text(choices, LENGTH_MAX);
            Edit a = Texts.edit(choices, base);
            Edit b = Texts.edit(choices, a.target());
            TextOperation pending = Texts.edit(choices, base).operation();
            TextOperation pendingAfterA = transform(pending, a.operation(), Side.LEFT);
            TextOperation stepwise = compose(transform(a.operation(), pending, Side.RIGHT),
                transform(b.operation(), pendingAfterA, Side.RIGHT));
            TextOperation whole = transform(compose(a.operation(), b.operation()), pending, Side.RIGHT);
            String mine = apply(base, pending);
            assertThat(apply(mine, whole)).isEqualTo(apply(mine, stepwise));
        });
    }

    @Test
    void shouldRestoreTheTextWhenInverted() {
        Property.holds(CASES, choices -> {
            String base = Texts.text(choices, LENGTH_MAX);
            Edit a = Texts.edit(choices, base);
            Edit b = Texts.edit(choices, a.target());
            TextOperation inverseA = checked(invert(a.operation(), Text.of(base)));
            TextOperation inverseB = checked(invert(b.operation(), Text.of(a.target())));
            assertThat(apply(a.target(), inverseA)).isEqualTo(base);
            TextOperation both = invert(compose(a.operation(), b.operation()), Text.of(base));
            assertThat(apply(b.target(), both)).isEqualTo(base);
            assertThat(apply(b.target(), compose(inverseB, inverseA))).isEqualTo(base);
        });
    }

    @Test
    void shouldChangeNothingWhenOneIsANoop() {
        Property.holds(CASES, choices -> {
            String base = Texts.text(choices, LENGTH_MAX);
            TextOperation a = Texts.edit(choices, base).operation();
            TextOperation before = TextOperation.noop(a.baseLength());
            TextOperation after = TextOperation.noop(a.targetLength());
            assertThat(transform(a, before, Side.LEFT)).isEqualTo(a);
            assertThat(transform(a, before, Side.RIGHT)).isEqualTo(a);
            assertThat(transform(before, a, Side.LEFT)).isEqualTo(after);
            assertThat(compose(before, a)).isEqualTo(a);
            assertThat(compose(a, after)).isEqualTo(a);
        });
    }

    @Test
    void shouldKeepOrderAndSurvivorsWhenTransformed() {
        Property.holds(CASES, choices -> {
            String base = Texts.text(choices, LENGTH_MAX);
            TextOperation a = Texts.edit(choices, base).operation();
            TextOperation b = Texts.edit(choices, base).operation();
            TextOperation moved = transform(a, b, Side.LEFT);
            assertThat(moved.inserted()).isEqualTo(a.inserted());
            // What both take out is taken out once; what b put in is never taken out by a.
            assertThat(moved.skeleton().deletedLength()).isLessThanOrEqualTo(a.skeleton().deletedLength());
            int survivors = base.codePointCount(0, base.length()) - union(a, b);
            int all = survivors + a.skeleton().insertedLength() + b.skeleton().insertedLength();
            assertThat(moved.targetLength()).isEqualTo(all);
        });
    }

    /** P11, character by character: what stood before an insert and survives still stands before it, so behind it. */
    @Test
    void shouldKeepInsertsBetweenTheSameSurvivorsWhenTransformed() {
        Property.holds(CASES, choices -> {
            // Characters of the base are told apart by their place, so they are given as Private Use ones.
            int length = choices.below(LENGTH_MAX + 1);
            String base = unique(0xF0000, length);
            TextOperation a = Texts.edit(choices, base).operation();
            TextOperation b = Texts.edit(choices, base).operation();
            Side side = Side.values()[choices.below(2)];
            String mine = apply(base, a);
            String merged = apply(apply(base, b), transform(a, b, side));
            List<Integer> left = mine.codePoints().filter(point -> merged.indexOf(point) >= 0).boxed().toList();
            // What is left of my text is found in the merged one in the same order.
            int reach = 0;
            for (int point : left) {
                reach = merged.indexOf(Character.toString(point), reach);
                assertThat(reach).as("%s over %s: %x in its place", a, b, point).isNotNegative();
                reach += Character.charCount(point);
            }
        });
    }

    private static String unique(int first, int length) {
        StringBuilder out = new StringBuilder();
        for (int index = 0; index < length; index++) {
            out.appendCodePoint(first + index);
        }
        return out.toString();
    }

    @Test
    void shouldMoveEachEndOfASelectionByItselfWhenTextIsEdited() {
        Property.holds(CASES, choices -> {
            String base = Texts.text(choices, LENGTH_MAX);
            TextOperation edit = Texts.edit(choices, base).operation();
            int start = choices.below(edit.baseLength() + 1);
            int end = start + choices.below(edit.baseLength() - start + 1);
            TextOperation both = TextOperation.on(edit.baseLength()).retain(start).insert("[").retain(end - start)
                .insert("]").build();
            for (Side side : Side.values()) {
                String marked = apply(apply(base, edit), transform(both, edit, side));
                List<Integer> alone = positions(edit, side);
                int from = marked.codePointCount(0, marked.indexOf('['));
                int to = marked.codePointCount(0, marked.indexOf(']')) - 1;
                assertThat(List.of(from, to)).isEqualTo(List.of(alone.get(start), alone.get(end)));
            }
        });
    }

    @Test
    void shouldLeaveBothOperationsAsTheyWereWhenUsed() {
        Property.holds(CASES, choices -> {
            String base = Texts.text(choices, LENGTH_MAX);
            TextOperation a = Texts.edit(choices, base).operation();
            TextOperation b = Texts.edit(choices, base).operation();
            TextOperation next = Texts.edit(choices, apply(base, a)).operation();
            Text text = Text.of(base);
            List<String> before = List.of(a.toString(), b.toString(), next.toString(), text.toString());
            List<Component> components = a.components();
            transform(a, b, Side.LEFT);
            transform(b, a, Side.RIGHT);
            compose(a, next);
            invert(a, text);
            text.apply(a).apply(next);
            Changes.toChanges(a, text);
            assertThat(List.of(a.toString(), b.toString(), next.toString(), text.toString())).isEqualTo(before);
            assertThat(a.components()).isEqualTo(components);
        });
    }

    private static int union(TextOperation a, TextOperation b) {
        boolean[] gone = new boolean[a.baseLength()];
        for (TextOperation operation : List.of(a, b)) {
            int position = 0;
            for (Component component : operation.components()) {
                if (component.kind() == Component.Kind.DELETE) {
                    for (int index = 0; index < component.length(); index++) {
                        gone[position + index] = true;
                    }
                }
                position += component.kind() == Component.Kind.INSERT ? 0 : component.length();
            }
        }
        int count = 0;
        for (boolean each : gone) {
            count += each ? 1 : 0;
        }
        return count;
    }

    @Test
    void shouldMapPositionsInOrderWhenTextIsEditedAroundThem() {
        Property.holds(CASES, choices -> {
            String base = Texts.text(choices, LENGTH_MAX);
            TextOperation edit = Texts.edit(choices, base).operation();
            List<Integer> left = positions(edit, Side.LEFT);
            List<Integer> right = positions(edit, Side.RIGHT);
            assertThat(left).isSorted();
            assertThat(right).isSorted();
            for (int index = 0; index < left.size(); index++) {
                assertThat(left.get(index)).isLessThanOrEqualTo(right.get(index));
            }
        });
    }

    /** Where a cursor at each gap lands: the place of an insert made there. */
    private static List<Integer> positions(TextOperation edit, Side side) {
        List<Integer> positions = new ArrayList<>();
        for (int gap = 0; gap <= edit.baseLength(); gap++) {
            TextOperation cursor = TextOperation.on(edit.baseLength()).retain(gap).insert("|").build();
            positions.add(Changes.toChanges(transform(cursor, edit, side), null).get(0).at());
        }
        return positions;
    }

    @Test
    void shouldComeBackUnchangedWhenTurnedIntoChangesOrBytes() {
        Property.holds(CASES, choices -> {
            String base = Texts.text(choices, LENGTH_MAX);
            TextOperation edit = Texts.edit(choices, base).operation();
            List<Change> changes = Changes.toChanges(edit, Text.of(base));
            assertThat(Changes.toOperation(changes, edit.baseLength())).isEqualTo(edit);
            assertThat(Skeleton.ofBytes(edit.skeleton().toBytes())).isEqualTo(edit.skeleton());
            int[] points = base.codePoints().toArray();
            for (Change change : changes) {
                assertThat(change.deleted()).isEqualTo(new String(points, change.at(), change.delete()));
            }
            assertThat(rebuilt(edit)).isEqualTo(edit);
        });
    }

    private static TextOperation rebuilt(TextOperation edit) {
        TextOperation.Builder builder = TextOperation.on(edit.baseLength());
        for (Component component : edit.components()) {
            switch (component.kind()) {
                case RETAIN -> builder.retain(component.length());
                case INSERT -> builder.insert(component.text());
                default -> builder.delete(component.length());
            }
        }
        return builder.build();
    }

    @Test
    void shouldRefuseWhenLengthsDoNotMeet() {
        Property.holds(CASES, (Choices choices) -> {
            String base = Texts.text(choices, LENGTH_MAX);
            TextOperation a = Texts.edit(choices, base).operation();
            TextOperation b = TextOperation.noop(a.baseLength() + 1 + choices.below(3));
            org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> transform(a, b, Side.LEFT));
            TextOperation c = TextOperation.noop(a.targetLength() + 1);
            org.assertj.core.api.Assertions.assertThatIllegalArgumentException().isThrownBy(() -> compose(a, c));
            org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> Text.of(base).apply(b));
        });
    }
}
