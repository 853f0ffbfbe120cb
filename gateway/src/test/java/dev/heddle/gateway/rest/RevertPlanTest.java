package dev.heddle.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.workspace.Operation;
import dev.heddle.gateway.room.FileEntry;
import dev.heddle.gateway.room.WorkspaceReader.Tree;
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
            Tree then = tree(random, 1, 1);
            Tree now = tree(random, 2, 2);
            RevertPlan plan = RevertPlan.of(then, now, null);
            Map<String, String> paths = new LinkedHashMap<>();
            now.files().forEach(file -> paths.put(file.file(), file.path()));
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
            then.files().forEach(file -> expected.put(file.file(), file.path()));
            assertThat(paths).containsExactlyInAnyOrderEntriesOf(expected);
        }
    }

    private static Tree tree(Random random, long version, long fileVersion) {
        List<String> ids = new ArrayList<>(List.of("f1", "f2", "f3", "f4"));
        List<String> paths = new ArrayList<>(List.of("a", "b", "c", "d"));
        Collections.shuffle(ids, random);
        Collections.shuffle(paths, random);
        List<FileEntry> files = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            files.add(new FileEntry(ids.get(i - 1), paths.get(i - 1), 0, fileVersion));
        }
        return new Tree(version, files);
    }
}
