package dev.heddle.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.workspace.Origin;
import dev.heddle.engine.workspace.TextRun;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunsHashTest {

    private static TextRun run(int length, long version, String author, String session, long timeMs) {
        return new TextRun(length, new Origin(version, author, session, timeMs));
    }

    @Test
    void shouldTellListsApartWhenAnythingDiffers() {
        List<List<TextRun>> lists = new ArrayList<>(List.of(List.of()));
        for (long number : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 61) - 1, (1L << 61) - 2,
            1L << 61, 1L << 32, (1L << 32) - 1}) {
            lists.add(List.of(run(1, number, "a", "s", 7)));
            lists.add(List.of(run(1, 7, "a", "s", number)));
        }
        lists.add(List.of(run(2, 1, "a", "s", 7)));
        lists.add(List.of(run(1, 1, "b", "s", 7)));
        lists.add(List.of(run(1, 1, "s", "a", 7)));
        lists.add(List.of(run(1, 1, "b", "a", 7)));
        lists.add(List.of(run(2, 1, "a", "s", 7), run(1, 1, "a", "s", 7)));
        lists.add(List.of(run(1, 1, "a", "s", 7), run(2, 1, "a", "s", 7)));
        lists.add(List.of(run(3, 1, "a", "s", 7)));
        // What one number gains the other loses: each counts by a factor of its own.
        lists.add(List.of(run(1, 6, "a", "s", 2)));
        lists.add(List.of(run(1, 2, "a", "s", 6)));
        lists.add(List.of(run(1, 1, "a", "s", 7), run(1, 2, "a", "s", 7)));
        lists.add(List.of(run(1, 2, "a", "s", 7), run(1, 1, "a", "s", 7)));
        Set<List<TextRun>> different = new HashSet<>(lists);
        Set<String> hashes = new HashSet<>();
        different.forEach(list -> hashes.add(RunsHash.of(list)));
        assertThat(hashes).hasSize(different.size());
        different.forEach(list -> assertThat(RunsHash.of(new ArrayList<>(list))).isIn(hashes));
    }
}
