package dev.heddle.editing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.CodePoints;
import dev.heddle.engine.text.Text;
import dev.heddle.teststack.Seeds;
import java.nio.charset.StandardCharsets;
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
            assertThat(touched(changes)).isLessThanOrEqualTo(CodePoints.count(from) + CodePoints.count(to));
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
        assertThat(touched(changes)).isLessThan(60);
    }

    private static int touched(List<Change> changes) {
        return changes.stream().mapToInt(change -> change.delete() + CodePoints.count(change.insert())).sum();
    }

    private static String lines(int from, int to, String word) {
        StringBuilder text = new StringBuilder();
        for (int line = from; line < to; line++) {
            text.append("line \uD83D\uDE00 ").append(line).append(' ').append(word).append('\n');
        }
        return text.toString();
    }

    @Test
    void shouldTouchOnlyWhatDiffersWhenAVeryLongFileChangesAtBothEnds() {
        String from = lines(0, 100_000, "same");
        String to = from.replace("line \uD83D\uDE00 1 same", "line \uD83D\uDE00 1 some")
            .replace("line \uD83D\uDE00 99998 same", "line \uD83D\uDE00 99998 sane");
        List<Change> changes = MinimalDiff.between(from, to);
        assertThat(apply(from, changes)).isEqualTo(to);
        assertThat(changes).hasSize(2);
        assertThat(touched(changes)).isEqualTo(4);
    }

    @Test
    void shouldTouchOnlyWhatDiffersWhenAVeryLongLineChangesAtBothEnds() {
        String from = "a" + "The cat sat on the mat. ".repeat(4_000);
        String to = from.replaceFirst("cat", "dog").substring(0, from.length() - 5) + "rug. ";
        List<Change> changes = MinimalDiff.between(from, to);
        assertThat(apply(from, changes)).isEqualTo(to);
        assertThat(touched(changes)).isLessThan(20);
    }

    @Test
    void shouldReplaceTheMiddleAtOnceWhenTextsOfSixteenMegabytesHaveNothingInCommon() {
        String from = "same\n" + "old words\n".repeat(3) + lines(0, 450_000, "of the old, long text ago");
        String to = "same\n" + lines(450_000, 900_000, "of the newer, longer text").replace("line", "rows");
        assertThat(from.getBytes(StandardCharsets.UTF_8).length).isGreaterThan(16 << 20);
        List<Change> changes = MinimalDiff.between(from, to);
        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).at()).isEqualTo(5);
        assertThat(apply(from, changes)).isEqualTo(to);
        assertThat(MinimalDiff.steps(from, to)).isLessThan(MinimalDiff.STEPS_MAX);
    }

    @Test
    void shouldNeverTakeMoreStepsThanItMay() {
        Random random = Seeds.random("MinimalDiffTest.steps");
        String noise = randomText(random, 200_000);
        String many = "x\n" + "a\n".repeat(200_000) + "y\n";
        StringBuilder from = new StringBuilder();
        StringBuilder to = new StringBuilder();
        for (int run = 0; run < 1_500; run++) {
            from.append(randomText(random, 300).replace('\n', ' ')).append("\nbetween ").append(run).append('\n');
            to.append(randomText(random, 300).replace('\n', ' ')).append("\nbetween ").append(run).append('\n');
        }
        String[][] pairs = {{noise, randomText(random, 200_000)}, {many, "z\n" + "a\n".repeat(196_500) + "w\n"},
            {from.toString(), to.toString()}, {"one", noise}, {noise, ""}};
        for (String[] pair : pairs) {
            assertThat(apply(pair[0], MinimalDiff.between(pair[0], pair[1]))).isEqualTo(pair[1]);
            assertThat(MinimalDiff.steps(pair[0], pair[1])).isLessThanOrEqualTo(MinimalDiff.STEPS_MAX);
        }
        assertThat(MinimalDiff.steps(from.toString(), to.toString())).as("it was given up")
            .isEqualTo(MinimalDiff.STEPS_MAX);
    }

    @Test
    void shouldKeepSmallChangesSmallWhenLargeOnesUseUpAllSteps() {
        Random random = Seeds.random("MinimalDiffTest.smallFirst");
        StringBuilder from = new StringBuilder();
        StringBuilder to = new StringBuilder();
        for (int run = 0; run < 1_000; run++) {
            from.append(randomText(random, 400).replace('\n', ' ')).append("\nbetween ").append(run).append('\n');
            to.append(randomText(random, 400).replace('\n', ' ')).append("\nbetween ").append(run).append('\n');
        }
        from.append("The cat sat.\n");
        to.append("The cut sat.\n");
        from.append("end\n");
        to.append("end\n");
        List<Change> changes = MinimalDiff.between(from.toString(), to.toString());
        assertThat(apply(from.toString(), changes)).isEqualTo(to.toString());
        Change last = changes.get(changes.size() - 1);
        assertThat(last).isEqualTo(new Change(last.at(), 1, "u"));
        assertThat(MinimalDiff.steps(from.toString(), to.toString())).as("it was given up")
            .isEqualTo(MinimalDiff.STEPS_MAX);
    }
}
