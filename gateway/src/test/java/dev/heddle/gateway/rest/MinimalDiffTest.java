package dev.heddle.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.CodePoints;
import dev.heddle.engine.text.Text;
import dev.heddle.teststack.Seeds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MinimalDiffTest {

    private static final String[] PIECES = {"a", "b", "\n",
        "é", "\u0301", "\uD83D\uDE00", "\uD83D\uDC68", "line\n", " "};

    private static String apply(String from, List<Change> changes) {
        Text text = Text.of(from);
        return text.apply(Changes.toOperation(changes, text.lengthCodePoints())).toString();
    }

    private static String randomText(Random random, int pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    @Test
    void shouldGiveTheSecondTextWhenAppliedToTheFirst() {
        Random random = Seeds.random("MinimalDiffTest.random");
        for (int i = 0; i < 3_000; i++) {
            String from = randomText(random, random.nextInt(40));
            String to = random.nextBoolean() ? randomText(random, random.nextInt(40)) : edited(random, from);
            List<Change> changes = MinimalDiff.between(from, to);
            assertThat(apply(from, changes)).as("%s to %s by %s", from, to, changes).isEqualTo(to);
            int touched = changes.stream().mapToInt(c -> c.delete() + CodePoints.count(c.insert())).sum();
            assertThat(touched).isLessThanOrEqualTo(CodePoints.count(from) + CodePoints.count(to));
        }
    }

    private static String edited(Random random, String text) {
        int length = CodePoints.count(text);
        int at = random.nextInt(length + 1);
        int delete = random.nextInt(Math.min(5, length - at) + 1);
        return apply(text, List.of(new Change(at, delete, randomText(random, random.nextInt(3)))));
    }

    @Test
    void shouldGiveNothingWhenTextsAreEqual() {
        assertThat(MinimalDiff.between("same", "same")).isEmpty();
    }

    @Test
    void shouldTouchOnlyWhatDiffersWhenLinesFarApartChange() {
        StringBuilder from = new StringBuilder();
        for (int line = 0; line < 1_500; line++) {
            from.append("line number ").append(line).append('\n');
        }
        String to = from.toString().replace("line number 7\n", "line \uD83D\uDE00 7\n")
            .replace("line number 1400\n", "");
        List<Change> changes = MinimalDiff.between(from.toString(), to);
        assertThat(apply(from.toString(), changes)).isEqualTo(to);
        assertThat(changes.stream().mapToInt(c -> c.delete() + CodePoints.count(c.insert())).sum()).isLessThan(60);
    }

    @Test
    void shouldStayCorrectWhenTextsAreLargeAndWhollyDifferent() {
        Random random = Seeds.random("MinimalDiffTest.large");
        String from = randomText(random, 200_000);
        String to = randomText(random, 200_000);
        assertThat(apply(from, MinimalDiff.between(from, to))).isEqualTo(to);
    }
}
