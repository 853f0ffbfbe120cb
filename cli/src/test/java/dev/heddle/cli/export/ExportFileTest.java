package dev.heddle.cli.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.cli.CliException;
import dev.heddle.cli.command.Shell;
import dev.heddle.cli.verify.CanonicalRecord;
import dev.heddle.cli.verify.RandomLog;
import dev.heddle.cli.verify.SnapshotRecord;
import dev.heddle.cli.verify.SnapshotText;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.FileImage;
import dev.heddle.teststack.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An exported file proves itself without a broker, and every change of it is found. */
class ExportFileTest {

    private final Random random = Seeds.random("ExportFileTest");
    private final RandomLog log = new RandomLog(random, 120);

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void export() {
        file = folder.resolve("demo.jsonl");
        try (ExportWriter writer = new ExportWriter(file, RandomLog.WORKSPACE)) {
            log.raw().forEach(writer::write);
            for (CanonicalOperation operation : log.canonical()) {
                writer.write(CanonicalRecord.of(0, operation));
            }
            for (SnapshotRecord snapshot : log.snapshotsAt(log.canonical().size(), 0)) {
                FileImage image = log.fold().image().file(snapshot.file()).orElseThrow();
                writer.write(new SnapshotText(snapshot, image.text().toString(),
                    image.deleted() ? log.fold().deletedText(image.file()).toString() : null,
                    log.blameAt(log.canonical().size()).of(snapshot.file()).runs()));
            }
            writer.end();
        }
    }

    private Shell.Result verify(String... more) {
        List<String> arguments = new ArrayList<>(List.of("verify", "--file", file.toString()));
        arguments.addAll(List.of(more));
        return new Shell().run(arguments.toArray(String[]::new));
    }

    private void tamper(Consumer<List<String>> change) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        change.accept(lines);
        Files.write(file, lines);
    }

    private int anyLine(List<String> lines, String kind) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("{\"" + kind + "\":")) {
                numbers.add(i);
            }
        }
        return numbers.get(1 + random.nextInt(numbers.size() - 2));
    }

    @Test
    void shouldProveTheFileWhenNothingWasChanged() throws IOException {
        Shell.Result result = verify();
        assertThat(result.exitCode()).as(result.out() + result.error()).isZero();
        String head = log.canonical().size() + ":" + log.fold().image().hash();
        assertThat(result.out()).startsWith("proven: demo").contains("head       " + head)
            .contains("snapshots  " + log.fold().image().allFiles().size() + " compared");
        assertThat(verify("--head", head).exitCode()).isZero();
        assertThat(verify("--head", log.fold().image().hash() + "@" + log.canonical().size()).exitCode()).isZero();
        Path kept = Files.writeString(folder.resolve("demo.head"), "{\"workspace\":\"demo\",\"version\":1,\"hash\":\""
            + log.canonical().get(0).hash() + "\",\"time\":0}\n");
        assertThat(verify("--head", kept.toString()).exitCode()).isZero();
        Files.writeString(kept, "1:" + "ab".repeat(32) + "  2026-11-20T12:00:00Z\n");
        assertThat(verify("--head", kept.toString()).exitCode()).isEqualTo(1);
        assertThat(verify("--head", "nothing").exitCode()).isEqualTo(2);
        assertThat(verify("--head", "1:" + "ab".repeat(32))).satisfies(wrong -> {
            assertThat(wrong.exitCode()).isEqualTo(1);
            assertThat(wrong.out()).contains("ALTERED in head");
        });
        assertThat(verify("--json").out()).startsWith("{\"workspace\":\"demo\",\"proven\":true,\"head\":{\"version\":"
            + log.canonical().size());
    }

    @Test
    void shouldNameTheLineWhenARecordIsTakenOut() throws IOException {
        tamper(lines -> lines.remove(anyLine(lines, "canonical")));
        assertThat(verify()).satisfies(result -> {
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.out()).contains("DROPPED in canonical: version ");
        });
    }

    @Test
    void shouldNameTheLineWhenRecordsAreSwapped() throws IOException {
        int[] line = new int[1];
        tamper(lines -> {
            line[0] = anyLine(lines, "canonical");
            Collections.swap(lines, line[0], line[0] + 1);
        });
        assertThat(verify().out()).contains("SWAPPED in canonical at line " + (line[0] + 2));
    }

    @Test
    void shouldSayThatARawRecordIsGoneWhenOneIsTakenOut() throws IOException {
        tamper(lines -> {
            long offset = log.canonical().get(log.canonical().size() / 2).sourceOffset();
            lines.removeIf(line -> line.startsWith("{\"raw\":{\"offset\":" + offset + ","));
        });
        assertThat(verify().out()).contains("DROPPED in raw");
    }

    @Test
    void shouldFindEveryFlippedByteWhenOneIsFlipped() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int header = new String(bytes, StandardCharsets.UTF_8).indexOf('\n');
        for (int round = 0; round < 150; round++) {
            byte[] flipped = bytes.clone();
            int at = header + 1 + random.nextInt(bytes.length - header - 60);
            flipped[at] ^= (byte) (1 << random.nextInt(7));
            Files.write(file, flipped);
            Shell.Result result = verify();
            boolean found = result.exitCode() == 1 || result.exitCode() == 5;
            assertThat(found || refused(bytes, at))
                .as("byte %s: %s%s", at, context(flipped, at), result).isTrue();
        }
    }

    /** A flip in a raw record that was refused may change nothing that the workspace is made of. */
    private boolean refused(byte[] bytes, int at) {
        int start = at;
        while (bytes[start - 1] != '\n') {
            start--;
        }
        String line = new String(bytes, start, 40, StandardCharsets.UTF_8);
        if (!line.startsWith("{\"raw\":{\"offset\":")) {
            return false;
        }
        long offset = Long.parseLong(line.substring(17, line.indexOf(',')));
        return log.canonical().stream().noneMatch(operation -> operation.sourceOffset() == offset);
    }

    private static String context(byte[] bytes, int at) {
        return new String(bytes, Math.max(0, at - 40), 80, StandardCharsets.UTF_8);
    }

    @Test
    void shouldRefuseTheFileWhenItWasCutOff() throws IOException {
        tamper(lines -> lines.remove(lines.size() - 1));
        assertThat(verify()).satisfies(result -> {
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(result.error()).contains("was cut off");
        });
    }

    @Test
    void shouldRefuseTheFileWhenItIsSomethingElse() throws IOException {
        Files.writeString(file, "{\"a\":1}\n");
        assertThat(verify()).satisfies(result -> {
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(result.error()).contains("is not a heddle export");
        });
        assertThatThrownBy(() -> new ExportWriter(file, "demo")).isInstanceOf(CliException.class)
            .hasMessageContaining("exists already");
    }

    @Test
    void shouldRebuildTheFilesWhenReplayed() throws IOException {
        Path into = folder.resolve("out");
        Shell.Result result = new Shell().run("replay", "--file", file.toString(), "--into", into.toString());
        assertThat(result.exitCode()).as(result.error()).isZero();
        for (FileImage image : log.fold().image().files()) {
            assertThat(Files.readString(into.resolve(image.path()))).isEqualTo(image.text().toString());
        }
        assertThat(FolderFiles.list(into, true).paths()).hasSize(log.fold().image().files().size());
        assertThat(new Shell().run("replay", "--file", file.toString(), "--into", into.toString()).error())
            .contains("is not empty");
    }
}
