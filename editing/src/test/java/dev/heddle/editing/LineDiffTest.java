package dev.heddle.editing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.teststack.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineDiffTest {

    @TempDir
    private Path directory;

    @Test
    void shouldWriteWhatIsUsualWhenLinesChange() {
        String before = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\n";
        String after = "a\nb\nX\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm";
        assertThat(LineDiff.between(before, after).unified("a/f", "b/f")).isEqualTo("""
            --- a/f
            +++ b/f
            @@ -1,6 +1,6 @@
             a
             b
            -c
            +X
             d
             e
             f
            @@ -10,3 +10,4 @@
             j
             k
             l
            +m
            \\ No newline at end of file
            """);
        assertThat(LineDiff.between(before, before).unified("a/f", "b/f")).isEmpty();
        assertThat(LineDiff.between("", "x\n").unified("/dev/null", "b/f")).isEqualTo("""
            --- /dev/null
            +++ b/f
            @@ -0,0 +1,1 @@
            +x
            """);
    }

    @Test
    void shouldGiveTheSecondTextWhenHunksAreAppliedToTheFirst() {
        Random random = Seeds.random("line diff");
        for (int round = 0; round < 2_000; round++) {
            String before = text(random);
            String after = random.nextInt(4) == 0 ? text(random) : changed(before, random);
            assertThat(applied(before, LineDiff.between(before, after))).isEqualTo(after);
        }
    }

    @Test
    void shouldBeReadByPatchWhenWritten() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/patch")), "no patch on this machine");
        Random random = Seeds.random("patch");
        for (int round = 0; round < 20; round++) {
            String before = "first\n" + text(random);
            String after = changed(before, random);
            Path file = Files.writeString(directory.resolve("file"), before);
            Path diff = Files.writeString(directory.resolve("diff"),
                LineDiff.between(before, after).unified("a/file", "b/file"));
            Process patch = new ProcessBuilder("/usr/bin/patch", "--silent", file.toString(), diff.toString())
                .inheritIO().start();
            assertThat(patch.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(patch.exitValue()).isZero();
            assertThat(Files.exists(file) ? Files.readString(file) : "").isEqualTo(after);
        }
    }

    @Test
    void shouldSayOneBigChangeWhenTextsAreTooDifferent() {
        StringBuilder before = new StringBuilder("same\n");
        StringBuilder after = new StringBuilder("same\n");
        for (int i = 0; i < 6_000; i++) {
            before.append("b").append(i).append('\n');
            after.append("a").append(i).append('\n');
        }
        LineDiff diff = LineDiff.between(before.toString(), after.toString());
        assertThat(diff.coarse()).isTrue();
        assertThat(applied(before.toString(), diff)).isEqualTo(after.toString());
    }

    @Test
    void shouldGiveUpWhenOneLineBecomesVeryMany() {
        StringBuilder after = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            after.append("a").append(i).append('\n');
        }
        LineDiff diff = LineDiff.between("one\n", after.toString());
        assertThat(diff.coarse()).isTrue();
        assertThat(applied("one\n", diff)).isEqualTo(after.toString());
    }

    @Test
    void shouldFindBothEndsWhenAVeryLongTextChangesThere() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            text.append("a").append(i).append('\n');
        }
        String before = text.toString();
        LineDiff diff = LineDiff.between(before, before.replace("a1\n", "b1\n").replace("a99998\n", ""));
        assertThat(diff.coarse()).isFalse();
        assertThat(diff.replacements()).containsExactly(
            new LineDiff.Replacement(2, List.of("a1\n"), 2, List.of("b1\n")),
            new LineDiff.Replacement(99_999, List.of("a99998\n"), 99_999, List.of()));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int lines = random.nextInt(30);
        for (int i = 0; i < lines; i++) {
            text.append((char) ('a' + random.nextInt(5))).append(i < lines - 1 || random.nextBoolean() ? "\n" : "");
        }
        return text.toString();
    }

    private static String changed(String text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(4));
        return text.substring(0, at) + "new" + random.nextInt(3) + "\n" + text.substring(end);
    }

    private static String applied(String before, LineDiff diff) {
        String[] lines = before.isEmpty() ? new String[0] : before.split("(?<=\n)");
        StringBuilder text = new StringBuilder();
        int at = 0;
        for (LineDiff.Hunk hunk : diff.hunks()) {
            while (at < hunk.fromLine() - 1) {
                text.append(lines[at++]);
            }
            for (LineDiff.Line line : hunk.lines()) {
                if (line.kind() != LineDiff.Kind.INSERTED) {
                    assertThat(lines[at++]).isEqualTo(line.text());
                }
                if (line.kind() != LineDiff.Kind.DELETED) {
                    text.append(line.text());
                }
            }
        }
        while (at < lines.length) {
            text.append(lines[at++]);
        }
        return text.toString();
    }
}
