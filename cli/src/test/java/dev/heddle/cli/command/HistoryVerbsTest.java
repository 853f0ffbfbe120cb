package dev.heddle.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryVerbsTest {

    @TempDir
    private Path folder;
    private final FakeGateway gateway = new FakeGateway();
    private final Shell shell = new Shell().with("HEDDLE_SERVER", gateway.url());

    @AfterEach
    void close() {
        gateway.close();
    }

    private static String op(int version, String author, String op) {
        return String.format(Locale.ROOT, "{\"version\":%d,\"file\":\"f\",\"path\":\"a.txt\",\"author\":\"%s\","
            + "\"session\":\"s-%s\",\"seq\":1,\"time\":1795176000000,\"hash\":\"%064x\",\"op\":%s}", version, author,
            author, version, op);
    }

    private static final String OPS = "{\"ops\":["
        + op(1, "ann", "{\"kind\":\"create\",\"path\":\"a.txt\",\"text\":\"cat\\n\",\"file\":\"f\"}") + ","
        + op(2, "bob", "{\"kind\":\"edit\",\"file\":\"f\",\"changes\":[{\"at\":0,\"delete\":3,\"insert\":\"dog\","
            + "\"deleted\":\"cat\"}]}") + ","
        + op(3, "ann", "{\"kind\":\"edit\",\"file\":\"f\",\"changes\":[{\"at\":4,\"delete\":0,\"insert\":\"mat\\n\","
            + "\"deleted\":\"\"}]}") + "]}";

    private void history() {
        gateway.on("GET /api/workspaces/demo", 200, "{\"name\":\"demo\",\"version\":3}")
            .on("GET /api/workspaces/demo/ops?after=0&limit=1000", 200, OPS)
            .on("GET /api/workspaces/demo/ops?after=3&limit=1000", 200, "{\"ops\":[]}");
    }

    @Test
    void shouldShowOneLinePerOperationWhenLoggingAndTailing() {
        history();
        String expected = "v1 2026-11-20 12:00:00 ann a.txt: created with 4 code points\n"
            + "v2 2026-11-20 12:00:00 bob a.txt: at 0 -\"cat\" +\"dog\"\n"
            + "v3 2026-11-20 12:00:00 ann a.txt: at 4 +\"mat\\n\"\n";
        assertThat(shell.run("log", "demo").out()).isEqualTo(expected);
        assertThat(shell.run("tail", "demo").out()).isEqualTo(expected);
        assertThat(shell.run("log", "demo", "--author", "bob").out().lines()).hasSize(1);
        assertThat(shell.run("log", "demo", "--json").out().lines().findFirst().orElseThrow())
            .startsWith("{\"version\":1,\"file\":\"f\",\"path\":\"a.txt\",\"author\":\"ann\"")
            .contains("\"op\":{\"kind\":\"create\"");
    }

    @Test
    void shouldRefuseRawWhenNoBrokerIsGiven() {
        Shell.Result result = shell.run("tail", "demo", "--raw");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.error()).contains("say --kafka HOST:PORT");
    }

    @Test
    void shouldDiffTwoVersionsWhenAsked() {
        gateway.on("GET /api/workspaces/demo", 200, "{\"name\":\"demo\",\"version\":3}")
            .on("GET /api/workspaces/demo/files?version=1", 200, "[{\"file\":\"f\",\"path\":\"a.txt\",\"length\":4,"
                + "\"version\":1}]")
            .on("GET /api/workspaces/demo/files?version=3", 200, "[{\"file\":\"f\",\"path\":\"a.txt\",\"length\":8,"
                + "\"version\":3}]")
            .on("GET /api/workspaces/demo/files/a.txt?version=1", 200, "cat\n")
            .on("GET /api/workspaces/demo/files/a.txt?version=3", 200, "dog\nmat\n");
        assertThat(shell.run("diff", "demo", "--from", "1").out()).isEqualTo("--- a/a.txt\tversion 1\n"
            + "+++ b/a.txt\tversion 3\n@@ -1,1 +1,2 @@\n-cat\n+dog\n+mat\n");
        assertThat(shell.run("diff", "demo", "--from", "1", "--to", "3", "--json").out()).isEqualTo(
            "{\"from\":1,\"to\":3,\"files\":[{\"file\":\"f\",\"oldPath\":\"a.txt\",\"newPath\":\"a.txt\",\"hunks\":["
                + "{\"fromLine\":1,\"toLine\":1,\"removed\":[\"cat\"],\"added\":[\"dog\",\"mat\"]}]}]}\n");
    }

    @Test
    void shouldBlameByLineWhenAsked() {
        gateway.on("GET /api/workspaces/demo/files/a.txt/blame", 200, "{\"version\":3,\"runs\":["
            + "{\"text\":\"dog\",\"version\":2,\"author\":\"bob\",\"session\":\"s\",\"time\":1795176000000},"
            + "{\"text\":\"\\n\",\"version\":1,\"author\":\"ann\",\"session\":\"s\",\"time\":1795176000000}]}");
        assertThat(shell.run("blame", "demo", "a.txt").out()).isEqualTo("v2  bob+  2026-11-20 12:00:00  dog\n");
        assertThat(shell.run("blame", "demo", "a.txt", "--runs").out().lines()).hasSize(2);
    }

    @Test
    void shouldTakeBackOneAuthorAndKeepTheOtherWhenUndoing() {
        history();
        gateway.on("GET /api/workspaces/demo/files?version=1", 200, "[{\"file\":\"f\",\"path\":\"a.txt\",\"length\":4,"
                + "\"version\":1}]")
            .on("GET /api/workspaces/demo/files/a.txt?version=1", 200, "cat\n")
            .on("PATCH /api/workspaces/demo/files/a.txt", 200, op(4, "eve", "{\"kind\":\"noop\"}"));
        assertThat(shell.run("undo", "demo", "--by", "bob", "--dry-run").out())
            .isEqualTo("would take back 1 operation in 1 step\n  edit a.txt\n");
        assertThat(gateway.requests()).noneMatch(request -> request.method().equals("PATCH"));
        Shell.Result result = shell.run("undo", "demo", "--by", "bob");
        assertThat(result.exitCode()).as(result.error()).isZero();
        assertThat(gateway.requests().stream().filter(request -> request.method().equals("PATCH")).findFirst()
            .orElseThrow().body())
            .isEqualTo("{\"kind\":\"edit\",\"base\":3,\"changes\":[{\"at\":0,\"delete\":3,\"insert\":\"cat\"}]}");
    }

    @Test
    void shouldListWhatStaysWhenTheServerRefusesAStepOfAnUndo() {
        history();
        gateway.on("GET /api/workspaces/demo/files?version=1", 200, "[{\"file\":\"f\",\"path\":\"a.txt\",\"length\":4,"
                + "\"version\":1}]")
            .on("GET /api/workspaces/demo/files/a.txt?version=1", 200, "cat\n")
            .on("GET /api/workspaces/demo/ops?after=1&limit=1000", 200, "{\"ops\":[" + OPS.substring(OPS.indexOf(
                "{\"version\":2")))
            .on("PATCH /api/workspaces/demo/files/a.txt", 409, "{\"code\":\"FILE_DELETED\",\"detail\":\"gone\"}");
        Shell.Result result = shell.run("undo", "demo", "--versions", "2");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("left: a.txt at version 3: gone");
    }

    @Test
    void shouldSayWhatIsMissingWhenUndoOrRevertIsNotTold() {
        assertThat(shell.run("undo", "demo").error()).contains("--by, --session or --versions");
        assertThat(shell.run("undo", "demo", "--versions", "9..3").error()).contains("9..3 is not a range");
        assertThat(shell.run("revert", "demo").error()).contains("--version or --at");
        assertThat(shell.run("cat", "demo", "a", "--version", "1", "--at", "2026-11-20T12:00:00Z").error())
            .contains("give one of them");
        assertThat(shell.run("cat", "demo", "a", "--at", "yesterday").error()).contains("yesterday is not a time");
    }

    @Test
    void shouldRevertWhenAVersionIsGiven() {
        gateway.on("POST /api/workspaces/demo/revert", 200, "{\"version\":9,\"operations\":2}");
        assertThat(shell.run("revert", "demo", "a.txt", "--version", "1").out())
            .isEqualTo("a.txt is as at version 1 again, by version 9\n");
        assertThat(gateway.requests().get(0).body()).isEqualTo("{\"to\":1,\"path\":\"a.txt\"}");
    }

    @Test
    void shouldPutEveryTextFileWhenAFolderIsImported() throws Exception {
        Files.createDirectories(folder.resolve("in/sub"));
        Files.writeString(folder.resolve("in/sub/a.txt"), "text");
        Files.write(folder.resolve("in/b.bin"), new byte[] {(byte) 0xff});
        gateway.on("POST /api/workspaces", 201, "{\"name\":\"demo\"}")
            .on("PUT /api/workspaces/demo/files/x/sub/a.txt", 201, "{\"version\":1}");
        Shell.Result result = shell.in(folder).run("import", "demo", "in", "--under", "x/", "--create");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEqualTo("1 file is in demo\nleft out: b.bin is not UTF-8 text\n");
        assertThat(shell.run("import", "demo", "nowhere").exitCode()).isEqualTo(5);
    }

    @Test
    void shouldWriteAGitRepositoryWhenExportedThroughTheGateway() throws Exception {
        history();
        Shell.Result result = shell.in(folder).run("export", "demo", "--git", "out");
        assertThat(result.error()).isEmpty();
        assertThat(result.out()).isEqualTo("3 commits of demo to version 3 are in " + folder.resolve("out") + "\n");
        assertThat(Files.readString(folder.resolve("out/a.txt"))).isEqualTo("dog\nmat\n");
    }

    @Test
    void shouldWantABrokerWhenAllLogsAreExported() {
        assertThat(shell.in(folder).run("export", "demo", "--jsonl", "f").error()).contains("say --kafka HOST:PORT");
        assertThat(shell.run("export", "demo").exitCode()).isEqualTo(2);
    }
}
