package dev.heddle.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.text.TextOperation;
import dev.heddle.teststack.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A file's past on the page, and the comparison of two of its texts. */
class PageHistoryTest extends LoadedPage {

    @Test
    void shouldGiveEveryTextThereWasWhenThePastIsWalkedBack() {
        RandomEdits edits = new RandomEdits(Seeds.random("PageHistoryTest.walk"));
        for (int runs = 0; runs < 4; runs++) {
            Text text = Text.of(edits.text(8));
            List<String> texts = new ArrayList<>(List.of(RandomEdits.quoted(text.toString())));
            List<String> operations = new ArrayList<>();
            for (int version = 1; version <= 150; version++) {
                TextOperation operation = edits.operation(text.lengthCodePoints());
                operations.add(message(version, Changes.toChanges(operation, text)));
                text = text.apply(operation);
                texts.add(RandomEdits.quoted(text.toString()));
            }
            String all = operations.stream().collect(Collectors.joining(",", "[", "]"));
            String walked = script.text("walkedBack", text.toString(), all, 1 + edits.below(90));
            assertThat(script.text("same", walked, "[" + String.join(",", texts) + "]")).isEqualTo("same");
        }
    }

    @Test
    void shouldTurnOneTextIntoTheOtherWhenItsReplacementsAreMade() {
        RandomEdits edits = new RandomEdits(Seeds.random("PageHistoryTest.replace"));
        for (int i = 0; i < 2_000; i++) {
            String before = edits.text(30);
            String after = i % 3 == 0 ? edits.text(30)
                : Text.of(before).apply(edits.operation(RandomEdits.length(before))).toString();
            assertThat(script.text("replaced", before, after)).isEqualTo(after);
        }
    }

    @Test
    void shouldFindTheShortestWayWhenLinesAreCompared() {
        RandomEdits edits = new RandomEdits(Seeds.random("PageHistoryTest.shortest"));
        for (int i = 0; i < 2_000; i++) {
            String before = letters(edits);
            String after = letters(edits);
            assertThat(script.number("distance", before, after)).as("%s to %s", before, after)
                .isEqualTo(before.length() + after.length() - 2 * longestCommon(before, after));
        }
    }

    private static String letters(RandomEdits edits) {
        StringBuilder text = new StringBuilder();
        for (int length = edits.below(14); length > 0; length--) {
            text.append((char) ('a' + edits.below(3)));
        }
        return text.toString();
    }

    private static int longestCommon(String a, String b) {
        int[][] longest = new int[a.length() + 1][b.length() + 1];
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                longest[i][j] = a.charAt(i - 1) == b.charAt(j - 1) ? longest[i - 1][j - 1] + 1
                    : Math.max(longest[i - 1][j], longest[i][j - 1]);
            }
        }
        return longest[a.length()][b.length()];
    }

    private static String message(int version, List<Change> changes) {
        String list = changes.stream().map(change -> "{\"at\":" + change.at() + ",\"delete\":" + change.delete()
            + ",\"insert\":" + RandomEdits.quoted(change.insert()) + ",\"deleted\":"
            + RandomEdits.quoted(change.deleted()) + "}").collect(Collectors.joining(",", "[", "]"));
        return "{\"version\":" + version
            + ",\"file\":\"f\",\"path\":\"p\",\"author\":\"a\",\"session\":\"s\",\"time\":0,"
            + "\"op\":{\"kind\":\"edit\",\"changes\":" + list + "}}";
    }
}
