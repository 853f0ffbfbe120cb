package dev.heddle.snapshotter.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Origin;
import dev.heddle.engine.workspace.TextRun;
import dev.heddle.engine.workspace.TextRuns;
import dev.heddle.snapshotter.RandomLog;
import dev.heddle.teststack.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WorkspaceFoldTest {

    @Test
    void shouldHoldTextTreeAndOriginsOfEveryVersionWhenFoldedInOrder() {
        Random random = Seeds.random("fold every version");
        for (int round = 0; round < 20; round++) {
            RandomLog log = RandomLog.of("w", random, 300);
            WorkspaceFold fold = WorkspaceFold.empty("w");
            for (CanonicalOperation operation : log.operations()) {
                fold.apply(operation);
                Map<String, RandomLog.Expected> expected = log.at(fold.version());
                assertThat(fold.files().stream().filter(file -> !file.deleted()).map(FileState::file))
                    .containsExactlyInAnyOrderElementsOf(expected.keySet());
                expected.values().forEach(file -> assertFile(fold.file(file.file()), file));
            }
        }
    }

    private static void assertFile(FileState found, RandomLog.Expected expected) {
        assertThat(found.text().toString()).isEqualTo(expected.text());
        assertThat(found.path()).isEqualTo(expected.path());
        assertThat(found.version()).isEqualTo(expected.version());
        List<Long> versions = new ArrayList<>();
        found.runs().runs().forEach(run -> {
            for (int i = 0; i < run.length(); i++) {
                versions.add(run.origin().version());
            }
        });
        assertThat(versions).isEqualTo(expected.points().stream().map(RandomLog.Point::version).toList());
    }

    @Test
    void shouldRebuildEveryVersionFromTheNewestWhenTheIndexIsAsked() {
        Random random = Seeds.random("history every version");
        for (int round = 0; round < 8; round++) {
            RandomLog log = RandomLog.of("w", random, round == 0 ? 3_000 : 400);
            WorkspaceFold fold = WorkspaceFold.empty("w");
            HistoryIndex index = new HistoryIndex();
            log.operations().forEach(fold::apply);
            log.operations().forEach(index::add);
            for (int i = 0; i < 200; i++) {
                long version = random.nextInt((int) log.version() + 1);
                assertTree(log, fold, index, version);
            }
        }
    }

    private static void assertTree(RandomLog log, WorkspaceFold fold, HistoryIndex index, long version) {
        Map<String, RandomLog.Expected> expected = log.at(version);
        List<FileVersion> tree = index.treeAt(version, fold::file);
        assertThat(tree).as("tree at %d", version).containsExactlyInAnyOrderElementsOf(expected.values().stream()
            .map(file -> new FileVersion(file.file(), file.path(), file.points().size(), file.version())).toList());
        for (RandomLog.Expected file : expected.values()) {
            FileState found =
                index.fileAt(version, fold.file(file.file()), true, at -> log.operations().get((int) at - 1));
            assertFile(found, file);
            assertThat(index.fileOf(version, file.path())).isEqualTo(file.file());
        }
    }

    @Test
    void shouldRefuseAndStayWhenAVersionIsMissing() {
        RandomLog log = RandomLog.of("w", new Random(1), 5);
        WorkspaceFold fold = WorkspaceFold.empty("w");
        fold.apply(log.operations().get(0));
        assertThatThrownBy(() -> fold.apply(log.operations().get(2))).isInstanceOf(FoldException.class)
            .hasMessage("workspace w: version 3 follows version 1 (expected: 2; a gap is a bug)");
        fold.apply(log.operations().get(1));
        assertThat(fold.version()).isEqualTo(2);
    }

    @Test
    void shouldRefuseWhenTheHashChainIsBroken() {
        RandomLog log = RandomLog.of("w", new Random(2), 3);
        RandomLog other = RandomLog.of("w", new Random(3), 3);
        WorkspaceFold fold = WorkspaceFold.empty("w");
        fold.apply(log.operations().get(0));
        assertThatThrownBy(() -> fold.apply(other.operations().get(1))).isInstanceOf(FoldException.class)
            .hasMessageContaining("version 2 stands on hash");
    }

    @Test
    void shouldKeepEditsCheapWhenATextHasManyRuns() {
        TextRuns runs = TextRuns.EMPTY;
        List<TextRun> many = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            many.add(new TextRun(1 + i % 3, new Origin(i + 1, "a", "s", i)));
        }
        runs = TextRuns.of(many);
        assertThat(runs.runs()).isEqualTo(many);
        assertThat(runs.count()).isEqualTo(50_000);
        TextRuns joined = runs.apply(List.of(new dev.heddle.engine.text.Change(0, runs.length(), "x", null)),
            new Origin(60_000, "b", "t", 1));
        assertThat(joined.runs()).containsExactly(new TextRun(1, new Origin(60_000, "b", "t", 1)));
    }
}
