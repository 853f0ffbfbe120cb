package dev.heddle.engine.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PropertyTest {

    @Test
    void shouldShrinkToTheSmallestCaseWhenALawIsBroken() {
        Property.Law law = choices -> {
            int sum = 0;
            int count = choices.below(20);
            for (int index = 0; index < count; index++) {
                sum += choices.below(100);
            }
            assertThat(sum).isLessThan(50);
        };
        assertThat(Property.shrink(law, List.of(4, 30, 10, 60, 3))).isEqualTo(List.of(1, 50));
    }

    @Test
    void shouldNameTheSeedWhenALawIsBroken() {
        assertThatThrownBy(() -> Property.holds(10, choices -> {
            throw new IllegalStateException("always");
        })).isInstanceOf(AssertionError.class).hasMessageContaining("-Dheddle.seed=").hasMessageContaining("always");
    }
}
