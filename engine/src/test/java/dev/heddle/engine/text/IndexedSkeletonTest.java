package dev.heddle.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.heddle.engine.support.Choices;
import dev.heddle.engine.support.Property;
import dev.heddle.engine.support.Texts;
import dev.heddle.engine.support.Texts.Edit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P4: whatever is composed and indexed, the answer is that of going edit by edit. */
class IndexedSkeletonTest {

    @Test
    void shouldEqualThePlainTransformWhenIndexed() {
        Property.holds(30_000, choices -> {
            String base = Texts.text(choices, 14);
            Skeleton edit = Texts.edit(choices, base).operation().skeleton();
            Skeleton committed = Texts.edit(choices, base).operation().skeleton();
            Skeleton plain = Skeletons.transform(edit, committed, Side.LEFT);
            assertThat(new IndexedSkeleton(committed).carry(edit)).isEqualTo(plain);
        });
    }

    @Test
    void shouldEqualGoingEditByEditWhenCoveredAnyWay() {
        Property.holds(10_000, choices -> {
            String text = Texts.text(choices, 10);
            Skeleton written = Texts.edit(choices, text).operation().skeleton();
            Skeleton stepwise = written;
            List<Skeleton> log = new ArrayList<>();
            for (int count = choices.below(12); count > 0; count--) {
                Edit edit = Texts.edit(choices, text);
                log.add(edit.operation().skeleton());
                stepwise = Skeletons.transform(stepwise, edit.operation().skeleton(), Side.LEFT);
                text = edit.target();
            }
            Skeleton covered = written;
            int index = 0;
            while (index < log.size()) {
                int length = 1 + choices.below(log.size() - index);
                covered = new IndexedSkeleton(composed(choices, log.subList(index, index + length))).carry(covered);
                index += length;
            }
            assertThat(covered).isEqualTo(stepwise);
        });
    }

    /** Composed in any grouping. */
    private static Skeleton composed(Choices choices, List<Skeleton> log) {
        if (log.size() == 1) {
            return log.get(0);
        }
        int middle = 1 + choices.below(log.size() - 1);
        return Skeletons.compose(composed(choices, log.subList(0, middle)),
            composed(choices, log.subList(middle, log.size())));
    }

    @Test
    void shouldRefuseWhenLengthsDoNotMeet() {
        IndexedSkeleton indexed = new IndexedSkeleton(TextOperation.on(3).delete(1).insert("xy").build().skeleton());
        assertThatIllegalArgumentException().isThrownBy(() -> indexed.carry(Skeleton.noop(4)))
            .withMessage("carry: base lengths 4 and 3 (expected: equal)");
        assertThat(indexed).hasToString("3->4 [D1 I2]").isEqualTo(new IndexedSkeleton(indexed.skeleton()));
    }
}
