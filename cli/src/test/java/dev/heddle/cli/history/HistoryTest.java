package dev.heddle.cli.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.verify.RandomLog;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.FileImage;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The pure functions over a log, against a log that an engine made. */
class HistoryTest {

    private final Random random = Seeds.random("HistoryTest");
    private final RandomLog log = new RandomLog(random, 300);
    private final List<LoggedOperation> operations = log.canonical().stream().map(LoggedOperation::of).toList();
    private final int head = operations.size();

    private void scan(long after, java.util.function.Predicate<LoggedOperation> receiver) {
        for (LoggedOperation operation : operations.subList((int) after, head)) {
            if (!receiver.test(operation)) {
                return;
            }
        }
    }

    @Test
    void shouldFoldToTheSameTreeWhenOperationsAreReplayed() {
        TreeFold tree = new TreeFold();
        operations.forEach(tree::accept);
        assertThat(tree.texts()).isEqualTo(log.fold().image().files().stream()
            .collect(Collectors.toMap(FileImage::path, FileImage::text)));
        assertThat(tree.drainChanged()).containsAll(tree.texts().keySet());
        assertThat(tree.drainChanged()).isEmpty();
    }

    @Test
    void shouldBlameEveryCodePointWhenOperationsAreReplayed() {
        BlameFold blame = new BlameFold();
        operations.forEach(blame::accept);
        for (FileImage file : log.fold().image().files()) {
            List<BlameRun> runs = blame.runs(file.file(), file.text());
            assertThat(runs.stream().map(BlameRun::text).collect(Collectors.joining()))
                .isEqualTo(file.text().toString());
            assertThat(runs).allSatisfy(run -> {
                LoggedOperation origin = operations.get((int) run.version() - 1);
                assertThat(origin.file()).isEqualTo(file.file());
                assertThat(isWithin(run.text(), written(origin))).as("%s in %s", run, origin).isTrue();
                assertThat(run.author()).isEqualTo(origin.author());
            });
        }
    }

    /** {@return whether a text is another one with parts taken out} */
    private static boolean isWithin(String part, String whole) {
        int at = 0;
        for (int i = 0; i < whole.length() && at < part.length(); i++) {
            at += whole.charAt(i) == part.charAt(at) ? 1 : 0;
        }
        return at == part.length();
    }

    private static String written(LoggedOperation operation) {
        return operation.operation() instanceof Operation.Create create ? create.text()
            : ((Operation.Edit) operation.operation()).changes().stream().map(change -> change.insert())
                .collect(Collectors.joining());
    }

    @Test
    void shouldRegroupRunsByLineWhenLinesAreShared() {
        List<BlameRun> runs = List.of(new BlameRun("one\ntw", 1, "ann", "s", 0), new BlameRun("o\n", 2, "bob", "s", 0),
            new BlameRun("\nend", 1, "ann", "s", 0));
        assertThat(BlameLines.of(runs)).extracting(line -> line.text() + "|" + line.newest().author() + line.shared())
            .containsExactly("one|annfalse", "two|bobtrue", "|annfalse", "end|annfalse");
    }

    @Test
    void shouldFindTheNewestMatchesWhenTheLogIsAsked() {
        String author = operations.get(random.nextInt(head)).author();
        List<LoggedOperation> expected = operations.stream().filter(o -> o.author().equals(author)).toList();
        assertThat(new LogQuery(null, author, null, Integer.MAX_VALUE).newest(head, 0, this::scan))
            .isEqualTo(expected);
        assertThat(new LogQuery(null, author, null, 2).newest(head, 0, this::scan))
            .isEqualTo(expected.subList(Math.max(0, expected.size() - 2), expected.size()));
        assertThat(new LogQuery(null, null, null, 7).newest(head, head - 3, this::scan)).hasSize(3);
    }

    @Test
    void shouldFollowRenamesWhenALogIsAskedByPath() {
        LoggedOperation rename = operations.stream().filter(o -> o.operation() instanceof Operation.Rename)
            .findFirst().orElse(operations.get(0));
        List<LoggedOperation> found = new LogQuery(rename.path(), null, null, Integer.MAX_VALUE)
            .newest(head, 0, this::scan);
        assertThat(found).containsAll(operations.stream().filter(o -> rename.file().equals(o.file())).toList());
    }

    @Test
    void shouldFindTheVersionWhenAskedByTime() {
        long[] times = operations.stream().mapToLong(LoggedOperation::timeMs).toArray();
        for (int i = 0; i < 200; i++) {
            long time = times[0] - 5 + (long) (random.nextDouble() * (times[head - 1] - times[0] + 10));
            long expected = operations.stream().filter(o -> o.timeMs() <= time).count();
            assertThat(VersionAtTime.find(head, time, version -> times[(int) version - 1])).isEqualTo(expected);
        }
        assertThat(VersionAtTime.find(0, 5, version -> 0)).isZero();
    }

    @Test
    void shouldWriteAUnifiedDiffWhenTextsDiffer() {
        assertThat(TextDiff.unified("a", "1\n2\n3\n", "b", "1\n2b\n3")).containsExactly("--- a", "+++ b",
            "@@ -1,3 +1,3 @@", " 1", "-2", "-3", "+2b", "+3", "\\ No newline at end of file");
        assertThat(TextDiff.unified("a", "same\n", "b", "same\n")).isEmpty();
        assertThat(TextDiff.hunks("1\n2\n", "1\nx\n2\n"))
            .containsExactly(new TextDiff.Hunk(2, List.of(), 2, List.of("x")));
        assertThat(TextDiff.hunks("", "x")).containsExactly(new TextDiff.Hunk(1, List.of(), 1, List.of("x")));
    }

    @Test
    void shouldPatchToTheNewTextWhenHunksAreApplied() {
        for (int round = 0; round < 200; round++) {
            String from = randomLines();
            String to = randomLines();
            List<String> lines = new ArrayList<>(List.of(from.split("\n", -1)));
            List<TextDiff.Hunk> hunks = TextDiff.hunks(from + "\n", to + "\n");
            for (int i = hunks.size() - 1; i >= 0; i--) {
                TextDiff.Hunk hunk = hunks.get(i);
                int at = hunk.fromLine() - 1;
                assertThat(lines.subList(at, at + hunk.removed().size())).isEqualTo(hunk.removed());
                lines.subList(at, at + hunk.removed().size()).clear();
                lines.addAll(at, hunk.added());
            }
            assertThat(String.join("\n", lines)).isEqualTo(to);
        }
    }

    private String randomLines() {
        return random.ints(1 + random.nextInt(8), 0, 3).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
    }

    @Test
    void shouldPairFilesByIdWhenTreesAreCompared() {
        List<TreeEntry> old = List.of(new TreeEntry("1", "a", 0, 1), new TreeEntry("2", "b", 0, 2),
            new TreeEntry("3", "c", 0, 3));
        List<TreeEntry> now = List.of(new TreeEntry("1", "a", 0, 1), new TreeEntry("2", "z", 0, 9),
            new TreeEntry("4", "d", 0, 8));
        assertThat(TreeDiff.of(old, now)).containsExactly(new TreeDiff.Pair("3", "c", null),
            new TreeDiff.Pair("4", null, "d"), new TreeDiff.Pair("2", "b", "z"));
    }

    @Test
    void shouldKeepTheTextBeforeItsDeletionWhenAFileIsDeleted() {
        log.fold().image().allFiles().stream().filter(FileImage::deleted).forEach(file -> {
            Text before = log.fold().deletedText(file.file());
            TreeFold tree = new TreeFold();
            operations.stream().takeWhile(o -> !(o.operation() instanceof Operation.Delete
                && o.file().equals(file.file()))).forEach(tree::accept);
            assertThat(before).isEqualTo(tree.texts().get(file.path()));
        });
    }
}
