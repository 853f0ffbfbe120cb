package dev.heddle.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Text;
import java.util.List;
import org.junit.jupiter.api.Test;

class InverseTest {

    @Test
    void shouldGiveTheTextBeforeWhenAppliedToTheTextAfter() {
        Text before = Text.of("ab\uD83D\uDE00cdef");
        List<Change> changes = List.of(new Change(0, 1, "XYZ", "a"), new Change(2, 1, "", "\uD83D\uDE00"),
            new Change(5, 0, "\uD83D\uDE00\uD83D\uDE00", ""), new Change(6, 1, "!", "f"));
        Text after = before.apply(Changes.toOperation(changes, before.lengthCodePoints()));
        Text back = after.apply(Changes.toOperation(Inverse.of(changes), after.lengthCodePoints()));
        assertThat(back.toString()).isEqualTo(before.toString());
    }
}
