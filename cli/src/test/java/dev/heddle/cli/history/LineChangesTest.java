package dev.heddle.cli.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Text;
import dev.heddle.teststack.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineChangesTest {

    private static String applied(String from, String to) {
        Text old = Text.of(from);
        return old.apply(Changes.toOperation(LineChanges.between(from, to), old.lengthCodePoints())).toString();
    }

    @Test
    void shouldGiveTheNewTextWhenAppliedToTheOld() {
        Random random = Seeds.random("LineChangesTest");
        for (int round = 0; round < 2_000; round++) {
            String from = text(random);
            String to = text(random);
            assertThat(applied(from, to)).isEqualTo(to);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int lines = random.nextInt(6); lines > 0; lines--) {
            text.append(new String[] {"", "a", "b😀", "c\r"}[random.nextInt(4)])
                .append(random.nextInt(5) == 0 ? "" : "\n");
        }
        return text.toString();
    }

    @Test
    void shouldLeaveEqualLinesAloneWhenOneDiffers() {
        assertThat(LineChanges.between("one\ntwo 😀\nthree\n", "one\ntwo 😀\nTHREE\nfour")).containsExactly(
            new Change(10, 6, "THREE\nfour"));
        assertThat(LineChanges.between("same", "same")).isEmpty();
    }
}
