package dev.heddle.teststack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeedsTest {

    private final String before = System.getProperty(Seeds.PROPERTY);

    @AfterEach
    void restoreProperty() {
        if (before == null) {
            System.clearProperty(Seeds.PROPERTY);
        } else {
            System.setProperty(Seeds.PROPERTY, before);
        }
    }

    @Test
    void shouldTakeTheGivenSeedBack() {
        System.setProperty(Seeds.PROPERTY, "42");

        assertThat(Seeds.random("SeedsTest").nextLong()).isEqualTo(new java.util.Random(42).nextLong());
    }

    @Test
    void shouldPickDifferentSeedsWhenNoneIsGiven() {
        System.setProperty(Seeds.PROPERTY, "");

        assertThat(Seeds.seed("SeedsTest")).isNotEqualTo(Seeds.seed("SeedsTest"));
    }

    @Test
    void shouldNameTheValueWhenItIsNoNumber() {
        System.setProperty(Seeds.PROPERTY, "x1");

        assertThatThrownBy(() -> Seeds.seed("SeedsTest"))
            .hasMessage("heddle.seed: x1 (expected: a whole number)");
    }
}
