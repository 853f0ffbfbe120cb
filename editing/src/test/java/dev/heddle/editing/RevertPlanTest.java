package dev.heddle.editing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.teststack.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RevertPlanTest {

    @Test
    void shouldReachTheOldPathsWithoutEverTakingAPathTwice() {
        Random random = Seeds.random("RevertPlanTest");
        for (int i = 0; i < 2_000; i++) {
            List<TreeEntry> then = tree(random, 1);
            List<TreeEntry> now = tree(random, 2);
            RevertPlan plan = RevertPlan.of(then, now, null);
            Map<String, String> paths = new LinkedHashMap<>();
            now.forEach(file -> paths.put(file.file(), file.path()));
            for (Operation operation : plan.treeOperations()) {
                if (operation instanceof Operation.Delete delete) {
                    paths.remove(delete.target().file());
                } else if (operation instanceof Operation.Rename rename) {
                    assertThat(paths.values()).as("free: %s", rename.to()).doesNotContain(rename.to());
                    paths.put(rename.target().file(), rename.to());
                }
            }
            plan.contents().stream().filter(RevertPlan.Content::created).forEach(content -> {
                assertThat(paths.values()).doesNotContain(content.path());
                paths.put(content.file(), content.path());
            });
            Map<String, String> expected = new LinkedHashMap<>();
            then.forEach(file -> expected.put(file.file(), file.path()));
            assertThat(paths).containsExactlyInAnyOrderEntriesOf(expected);
        }
    }

    private static TreeEntry entry(String file, String path, long version) {
        return new TreeEntry(file, path, 0, version);
    }

    private static Operation.Rename move(String file, String to) {
        return new Operation.Rename(FileReference.ofFile(file), to);
    }

    @Test
    void shouldOpenARingOnceWhenFilesHaveChangedPlaces() {
        RevertPlan plan = RevertPlan.of(List.of(entry("f", "a", 1), entry("g", "b", 1), entry("h", "c", 1)),
            List.of(entry("f", "b", 2), entry("g", "c", 3), entry("h", "a", 4)), null);
        assertThat(plan.treeOperations()).containsExactly(move("f", "heddle-revert-f"), move("g", "b"),
            move("h", "c"), move("f", "a"));
    }

    @Test
    void shouldAskForAPathThatAFileOutsideThePlanHolds() {
        List<TreeEntry> then = List.of(entry("f", "a", 1));
        List<TreeEntry> now = List.of(entry("f", "b", 2), entry("g", "a", 3));
        assertThat(RevertPlan.file(then, now, "a")).contains("f");
        assertThat(RevertPlan.file(then, now, "b")).contains("f");
        assertThat(RevertPlan.file(then, now, "c")).isEmpty();
        RevertPlan plan = RevertPlan.of(then, now, "f");
        assertThat(plan.treeOperations()).containsExactly(move("f", "a"));
        assertThat(plan.contents()).containsExactly(new RevertPlan.Content("f", "a", false));
    }

    @Test
    void shouldLeaveOutWhatIsAsItWas() {
        List<TreeEntry> same = List.of(entry("f", "a", 1));
        RevertPlan plan = RevertPlan.of(same, same, null);
        assertThat(plan.treeOperations()).isEmpty();
        assertThat(plan.contents()).isEmpty();
        RevertPlan.Content content = new RevertPlan.Content("f", "a", false);
        assertThat(content.operation("same", "same")).isEmpty();
        assertThat(content.operation("old", "cold")).contains(new Operation.Edit(FileReference.ofFile("f"),
            List.of(new Change(0, 1, ""))));
        assertThat(new RevertPlan.Content("f", "a", true).operation("old", "")).contains(
            new Operation.Create("a", "old", null));
    }

    private static List<TreeEntry> tree(Random random, long version) {
        List<String> ids = new ArrayList<>(List.of("f1", "f2", "f3", "f4"));
        List<String> paths = new ArrayList<>(List.of("a", "b", "c", "d"));
        Collections.shuffle(ids, random);
        Collections.shuffle(paths, random);
        List<TreeEntry> files = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            files.add(new TreeEntry(ids.get(i - 1), paths.get(i - 1), 0, version));
        }
        return files;
    }
}
