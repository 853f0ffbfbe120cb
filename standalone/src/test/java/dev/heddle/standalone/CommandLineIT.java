package dev.heddle.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.cli.command.HeddleCommand;
import dev.heddle.cli.command.World;
import dev.heddle.cli.log.LogReader;
import dev.heddle.cli.log.LogSettings;
import dev.heddle.cli.log.SequencingLimits;
import dev.heddle.cli.log.WorkspaceLog;
import dev.heddle.cli.render.Console;
import dev.heddle.teststack.TestStack;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every verb of the command line on everything {@code ./heddle dev} runs. */
class CommandLineIT {

    private static RunningHeddle heddle;

    @TempDir
    private Path folder;
    private final String workspace = TestStack.workspace("verbs");
    private int exitCode;
    private String error;
    /** Done once, when a verb that writes straight to Kafka has read the workspace and not yet written. */
    private Runnable meanwhile = () -> { };

    @BeforeAll
    static void start() {
        heddle = RunningHeddle.shared();
    }

    private String run(String... arguments) {
        return run(new byte[0], arguments);
    }

    private String run(byte[] input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream problems = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(problems, true, StandardCharsets.UTF_8), false,
            Map.of("HEDDLE_SERVER", "http://" + heddle.gateway(), "HEDDLE_REGISTRY", heddle.registryUrl()));
        exitCode = HeddleCommand.run(new World(console, new ByteArrayInputStream(input), Clock.systemUTC(),
            this::id, milliseconds -> { }, folder), arguments);
        error = problems.toString(StandardCharsets.UTF_8);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Straight to Kafka, the first id is asked for right before the first record is written. */
    private UUID id() {
        Runnable first = meanwhile;
        meanwhile = () -> { };
        first.run();
        return UUID.randomUUID();
    }

    private String ok(String... arguments) {
        String out = run(arguments);
        assertThat(exitCode).as("%s: %s%s", Arrays.toString(arguments), out, error).isZero();
        return out;
    }

    private String kafka(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--kafka", heddle.kafka()));
        return ok(all.toArray(String[]::new));
    }

    private JsonNode json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        String out = ok(all.toArray(String[]::new));
        try {
            return new ObjectMapper().readTree(out);
        } catch (IOException e) {
            throw new AssertionError(out, e);
        }
    }

    private void put(String path, String text, String author) {
        run(text.getBytes(StandardCharsets.UTF_8), "put", workspace, path, "-", "--author", author);
        assertThat(exitCode).as(error).isZero();
    }

    /** A history of two writers: version 1 to 6. */
    private void write() {
        ok("ws", "create", workspace);
        put("a.txt", "The cat sat.\n", "ann");
        ok("edit", workspace, "a.txt", "--find", "cat", "--with", "dog 😀", "--author", "bob");
        put("b.txt", "bob's\n", "bob");
        put("a.txt", "The dog 😀 sat.\nOn the mat.\n", "ann");
        ok("mv", workspace, "a.txt", "docs/a.txt", "--author", "ann");
    }

    @Test
    void shouldShowTheSameThroughTheGatewayAndStraightFromKafka() {
        write();
        assertThat(ok("ws", "list")).contains(workspace);
        assertThat(json("ws", "show", workspace).path("version").asLong()).isEqualTo(5);
        for (String[] verb : new String[][] {{"ls", workspace}, {"ls", workspace, "--version", "3"},
            {"cat", workspace, "docs/a.txt"}, {"cat", workspace, "a.txt", "--version", "2"},
            {"cat", workspace, "docs/a.txt", "--at", Clock.systemUTC().instant().plusSeconds(1).toString()},
            {"log", workspace}, {"log", workspace, "--author", "bob"}, {"diff", workspace, "--from", "1"},
            {"diff", workspace, "docs/a.txt", "--from", "1", "--to", "5"}, {"blame", workspace, "docs/a.txt"},
            {"blame", workspace, "a.txt", "--version", "2", "--runs"}, {"head", workspace},
            {"head", workspace, "--version", "2"}}) {
            assertThat(kafka(verb)).as(Arrays.toString(verb)).isEqualTo(ok(verb)).isNotBlank();
            assertThat(json(verb)).isNotNull();
        }
        assertThat(ok("cat", workspace, "a.txt", "--version", "2")).isEqualTo("The dog 😀 sat.\n");
        assertThat(ok("diff", workspace, "docs/a.txt", "--from", "1")).contains("rename a.txt to docs/a.txt");
        run("diff", workspace, "docs/a.txt", "--from", "1", "--to", "4");
        assertThat(exitCode).isEqualTo(3);
        for (String verb : List.of("blame", "cat")) {
            for (String[] way : new String[][] {{}, {"--kafka", heddle.kafka()}}) {
                List<String> tooNew = new ArrayList<>(List.of(verb, workspace, "docs/a.txt", "--version", "99"));
                tooNew.addAll(List.of(way));
                assertThat(run(tooNew.toArray(String[]::new))).isEmpty();
                assertThat(exitCode).as("%s", tooNew).isEqualTo(3);
            }
        }
        assertThat(ok("tail", workspace, "-n", "2").lines()).hasSize(2);
        assertThat(kafka("tail", workspace, "-n", "3", "--raw").lines()).hasSize(3);
        assertThat(kafka("tail", workspace, "-n", "2")).isEqualTo(ok("tail", workspace, "-n", "2"));
        assertThat(kafka("tail", workspace, "-n", "0")).isEmpty();
        assertThat(ok("completion")).contains("heddle");
    }

    @Test
    void shouldTakeBackAndBringBackWhatWasDone() {
        write();
        assertThat(ok("undo", workspace, "--by", "bob", "--dry-run")).startsWith("would take back 2 operations");
        assertThat(json("undo", workspace, "--by", "bob").path("selected").asInt()).isEqualTo(2);
        assertThat(ok("cat", workspace, "docs/a.txt")).isEqualTo("The cat sat.\nOn the mat.\n");
        assertThat(ok("undo", workspace, "--by", "bob")).contains("gone already");
        assertThat(run("undo", workspace, "--by", "nobody")).startsWith("nothing to take back: " + workspace);
        assertThat(exitCode).isEqualTo(1);
        assertThat(ok("cat", workspace, "docs/a.txt")).isEqualTo("The cat sat.\nOn the mat.\n");
        assertThat(ok("blame", workspace, "docs/a.txt")).contains("ann");
        ok("revert", workspace, "--version", "3");
        assertThat(ok("cat", workspace, "a.txt")).isEqualTo("The dog 😀 sat.\n");
        assertThat(ok("cat", workspace, "b.txt")).isEqualTo("bob's\n");
        ok("rm", workspace, "b.txt");
        run("cat", workspace, "b.txt");
        assertThat(exitCode).isEqualTo(3);
        run("cat", workspace, "a.tx");
        assertThat(error).contains("did you mean a.txt");
        assertThat(run("undo", workspace)).isEmpty();
        assertThat(exitCode).isEqualTo(2);
    }

    @Test
    void shouldWriteStraightIntoTheLogWhenThereIsNoGateway() throws IOException {
        write();
        assertThat(kafka("put", workspace, "c.txt", "--author", "cleo")).isEqualTo("c.txt is at version 6\n");
        Files.writeString(folder.resolve("c.txt"), "one\ntwo 😀\nthree\n");
        kafka("put", workspace, "c.txt", "c.txt", "--author", "cleo");
        Files.writeString(folder.resolve("c.txt"), "zero\ntwo 😀\nthree!\n");
        assertThat(kafka("put", workspace, "c.txt", "c.txt", "--author", "cleo")).isEqualTo("c.txt is at version 8\n");
        assertThat(kafka("put", workspace, "c.txt", "c.txt")).isEqualTo("c.txt is at version 8\n");
        kafka("edit", workspace, "c.txt", "--find", "two", "--with", "deux");
        kafka("edit", workspace, "c.txt", "--position", "6", "--insert", ">");
        kafka("mv", workspace, "c.txt", "d.txt");
        assertThat(ok("cat", workspace, "d.txt")).isEqualTo("zero\nd>eux 😀\nthree!\n");
        assertThat(ok("log", workspace, "--author", "cleo").lines()).hasSize(3);
        String dry = run("undo", workspace, "--by", "cleo", "--dry-run", "--json");
        String straight = run("undo", workspace, "--by", "cleo", "--dry-run", "--json", "--kafka", heddle.kafka());
        assertThat(new ObjectMapper().readTree(straight)).isEqualTo(new ObjectMapper().readTree(dry));
        run("undo", workspace, "--by", "cleo", "--versions", "8", "--kafka", heddle.kafka());
        assertThat(ok("cat", workspace, "d.txt")).isEqualTo("one\nd>eux 😀\nthree\n");
        kafka("rm", workspace, "d.txt");
        kafka("revert", workspace, "--version", "3");
        assertThat(ok("cat", workspace, "a.txt")).isEqualTo("The dog 😀 sat.\n");
        assertThat(ok("ls", workspace)).isEqualTo("a.txt\nb.txt\n");
        String made = TestStack.workspace("made");
        assertThat(kafka("ws", "create", made)).startsWith("created " + made);
        assertThat(kafka("ws", "create", made)).startsWith(made + " was there already");
        kafka("put", made, "first.txt");
        assertThat(kafka("ls", made)).isEqualTo("first.txt\n");
        Files.createDirectories(folder.resolve("tree/sub"));
        Files.writeString(folder.resolve("tree/sub/x.txt"), "x\n");
        Files.writeString(folder.resolve("tree/first.txt"), "first\n");
        assertThat(kafka("import", made, "tree")).isEqualTo("2 files are in " + made + "\n");
        assertThat(kafka("cat", made, "sub/x.txt")).isEqualTo("x\n");
        assertThat(kafka("import", TestStack.workspace("made"), "tree", "--create")).startsWith("2 files are in ");
        assertThat(ok("cat", made, "first.txt")).isEqualTo("first\n");
        run("edit", workspace, "a.txt", "--find", "nowhere", "--with", "x", "--kafka", heddle.kafka());
        assertThat(exitCode).isEqualTo(3);
        assertThat(error).contains("occurs 0 times").contains("heddle cat shows the text");
    }

    @Test
    void shouldKeepBothWhenTwoChangeOneLineAndOneOfThemWritesStraightIntoTheLog() throws IOException {
        ok("ws", "create", workspace);
        put("line.txt", "The cat sat on the mat.\n", "ann");
        Files.writeString(folder.resolve("line.txt"), "The cat sat on the rug.\n");
        meanwhile = () -> ok("edit", workspace, "line.txt", "--find", "cat", "--with", "dog", "--author", "bob");
        kafka("put", workspace, "line.txt", "line.txt", "--author", "ann");
        assertThat(ok("cat", workspace, "line.txt")).isEqualTo("The dog sat on the rug.\n");
        meanwhile = () -> ok("edit", workspace, "line.txt", "--find", "sat", "--with", "lay", "--author", "bob");
        kafka("revert", workspace, "line.txt", "--version", "1");
        assertThat(ok("cat", workspace, "line.txt")).isEqualTo("The cat lay on the mat.\n");
    }

    @Test
    void shouldSayHowFarItCameWhenRevertIsRefusedOnTheWay() {
        ok("ws", "create", workspace);
        put("a.txt", "one\n", "ann");
        ok("mv", workspace, "a.txt", "b.txt");
        put("b.txt", "two\n", "ann");
        put("a.txt", "another\n", "bob");
        for (List<String> way : List.of(List.<String>of(), List.of("--kafka", heddle.kafka()))) {
            List<String> revert = new ArrayList<>(List.of("revert", workspace, "a.txt", "--version", "1"));
            revert.addAll(way);
            run(revert.toArray(String[]::new));
            assertThat(exitCode).isEqualTo(3);
            assertThat(error).contains("after 0 of 2 operations: path a.txt is taken");
        }
        assertThat(ok("cat", workspace, "b.txt")).isEqualTo("two\n");
    }

    @Test
    void shouldReadALogOnceForEachVersionWhenManyFilesAreCompared() {
        write();
        AtomicInteger folds = new AtomicInteger();
        try (LogReader reader = new LogReader(
            new WorkspaceLog(new LogSettings(heddle.kafka(), heddle.registryUrl(), Map.of())),
            SequencingLimits.DEFAULT, records -> {
                folds.incrementAndGet();
                return null;
            })) {
            for (long version : new long[] {4, 5}) {
                assertThat(reader.tree(workspace, OptionalLong.of(version))).hasSize(2);
            }
            assertThat(reader.file(workspace, "b.txt", OptionalLong.of(4)).text()).isEqualTo("bob's\n");
            assertThat(reader.file(workspace, "b.txt", OptionalLong.of(5)).version()).isEqualTo(5);
            assertThat(reader.file(workspace, "a.txt", OptionalLong.of(4)).text()).contains("On the mat");
            assertThat(folds).hasValue(2);
            reader.file(workspace, "b.txt", OptionalLong.empty());
            assertThat(folds).as("what is newest is always looked at").hasValue(3);
        }
    }

    @Test
    void shouldProveExportAndBringInWhatIsThere() throws IOException {
        write();
        Files.writeString(folder.resolve("kept.head"), ok("head", workspace, "--json"));
        assertThat(kafka("verify", workspace, "--head", "kept.head")).startsWith("proven: " + workspace);
        kafka("export", workspace, "--jsonl", "log.jsonl");
        assertThat(json("verify", "--file", "log.jsonl", "--head", "kept.head").path("proven").asBoolean()).isTrue();
        Files.writeString(folder.resolve("log.jsonl"), Files.readString(folder.resolve("log.jsonl"))
            .replaceFirst("\"author\":\"bob\"", "\"author\":\"bop\""));
        run("verify", "--file", "log.jsonl");
        assertThat(exitCode).isEqualTo(1);
        ok("export", workspace, "--git", "repository");
        assertThat(folder.resolve("repository/docs/a.txt")).hasContent("The dog 😀 sat.\nOn the mat.\n");
        kafka("replay", workspace, "--into", "again");
        assertThat(folder.resolve("again/b.txt")).hasContent("bob's\n");
        String copy = TestStack.workspace("copy");
        ok("import", copy, "again", "--create");
        assertThat(ok("cat", copy, "docs/a.txt")).isEqualTo(ok("cat", workspace, "docs/a.txt"));
        run("export", workspace, "--jsonl", "other.jsonl");
        assertThat(exitCode).isEqualTo(2);
        assertThat(error).contains("--kafka HOST:PORT");
    }
}
