package dev.heddle.editing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UndoSelectionTest {

    @Test
    void shouldSelectWhatFitsAllThatIsGiven() {
        UndoSelection selection = new UndoSelection("ann", "7f3c", 4L, 6L);
        assertThat(selection.selects(4, "ann", "7f3c-1")).isTrue();
        assertThat(selection.selects(6, "ann", "7f3c-1")).isTrue();
        assertThat(selection.selects(3, "ann", "7f3c-1")).isFalse();
        assertThat(selection.selects(7, "ann", "7f3c-1")).isFalse();
        assertThat(selection.selects(5, "Ann", "7f3c-1")).isFalse();
        assertThat(selection.selects(5, "ann", "17f3c")).isFalse();
        assertThat(selection.isEmpty()).isFalse();
    }

    @Test
    void shouldBeEmptyOnlyWhenNothingIsGiven() {
        assertThat(new UndoSelection(null, null, null, null).isEmpty()).isTrue();
        assertThat(new UndoSelection(null, null, null, 6L).isEmpty()).isFalse();
        assertThat(new UndoSelection(null, null, 4L, null).selects(Long.MAX_VALUE, "bob", "x")).isTrue();
    }
}
