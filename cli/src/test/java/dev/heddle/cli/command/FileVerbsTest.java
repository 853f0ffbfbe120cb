package dev.heddle.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileVerbsTest {

    private static final String OP = "{\"type\":\"op\",\"version\":42,\"file\":\"f-1\",\"path\":\"a.txt\","
        + "\"author\":\"ann\",\"session\":\"s-1\",\"seq\":3,\"time\":1795176000000,\"hash\":\"00\","
        + "\"op\":{\"kind\":\"edit\",\"file\":\"f-1\",\"changes\":[{\"at\":4,\"delete\":3,\"insert\":\"new\","
        + "\"deleted\":\"old\"}]}}";
    private static final String UNKNOWN_FILE = "{\"code\":\"UNKNOWN_FILE\",\"detail\":\"no file READM.md\"}";

    @TempDir
    private Path folder;
    private final FakeGateway gateway = new FakeGateway();
    private final Shell shell = new Shell().with("HEDDLE_SERVER", gateway.url());

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void shouldPrintTheTextByteForByteWhenCatting() {
        gateway.on("GET /api/workspaces/demo/files/a%20b/%C3%BC.txt?version=7", 200, "\tno end\r\n🙂",
            "Heddle-Version", "7", "Heddle-File", "f-1");
        Shell.Result result = shell.run("cat", "demo", "a b/ü.txt", "--version", "7");
        assertThat(result).isEqualTo(new Shell.Result(0, "\tno end\r\n🙂", ""));
    }

    @Test
    void shouldSendTheTokenWithEveryCallAndShowItNowhere() {
        gateway.on("GET /api/workspaces/demo/files/a.txt", 200, "text", "Heddle-Version", "9", "Heddle-File", "f-1");
        gateway.on("PUT /api/workspaces/demo/files/a.txt", 401, "{\"code\":\"TOKEN_ENDED\",\"detail\":\"token: "
            + "ended\"}");
        shell.with("HEDDLE_TOKEN", "from.the.environment").run("cat", "demo", "a.txt");
        Shell.Result refused = shell.input(new byte[] {'x'}).run("put", "demo", "a.txt", "-", "--token",
            "given.by.hand");
        assertThat(gateway.requests()).extracting(request -> request.headers().get("authorization"))
            .containsExactly("Bearer from.the.environment", "Bearer given.by.hand");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.error()).contains("ended").contains("new token").doesNotContain("given.by.hand");
        assertThat(shell.run("cat", "demo", "a.txt", "--token", "two words\n").error())
            .contains("white space").doesNotContain("two words");
    }

    @Test
    void shouldPrintOneDocumentWhenCattingWithJson() {
        gateway.on("GET /api/workspaces/demo/files/a.txt", 200, "text\n", "Heddle-Version", "9", "Heddle-File", "f-1");
        assertThat(shell.run("cat", "demo", "a.txt", "--json").out())
            .isEqualTo("{\"file\":\"f-1\",\"path\":\"a.txt\",\"version\":9,\"text\":\"text\\n\"}\n");
    }

    @Test
    void shouldFindTheVersionByTimeWhenAtIsGiven() {
        gateway.on("GET /api/workspaces/demo/files?at=1970-01-01T00%3A00%3A03.999Z", 200, "[]", "Heddle-Version", "3");
        gateway.on("GET /api/workspaces/demo/files/a.txt?version=3", 200, "third");
        assertThat(shell.run("cat", "demo", "a.txt", "--at", "1970-01-01T00:00:03.999Z").out()).isEqualTo("third");
    }

    @Test
    void shouldPrintTheHeadToKeepWhenAsked() {
        String hash = "0123456789abcdef".repeat(4);
        gateway.on("GET /api/workspaces/demo/head", 200,
            "{\"workspace\":\"demo\",\"version\":7,\"hash\":\"" + hash + "\",\"time\":1795176000000}");
        gateway.on("GET /api/workspaces/demo/head?version=3", 200,
            "{\"workspace\":\"demo\",\"version\":3,\"hash\":\"" + hash + "\",\"time\":0}");
        assertThat(shell.run("head", "demo").out()).isEqualTo("7:" + hash + "  2026-11-20T12:00:00Z\n");
        assertThat(shell.run("head", "demo", "--version", "3", "--json").out())
            .isEqualTo("{\"workspace\":\"demo\",\"version\":3,\"hash\":\"" + hash + "\",\"time\":0}\n");
    }

    @Test
    void shouldSayWhatWasTakenBackAndWhatNotWhenUndoing() {
        gateway.on("POST /api/workspaces/demo/undo", 200, "{\"head\":9,\"version\":11,\"selected\":3,\"dryRun\":false,"
            + "\"steps\":[{\"path\":\"a\",\"kind\":\"edit\"},{\"path\":\"b\",\"kind\":\"delete\"}],"
            + "\"leftovers\":[{\"version\":4,\"path\":\"a\",\"reason\":\"ann changed it\"}]}");
        Shell.Result result = shell.run("undo", "demo", "--by", "bob", "--versions", "2..8");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEqualTo("took back 3 operations in 2 steps\n  edit a\n  delete b\n"
            + "left: a at version 4: ann changed it\n");
        assertThat(gateway.requests().get(0).body())
            .isEqualTo("{\"dryRun\":false,\"author\":\"bob\",\"from\":2,\"to\":8}");
        assertThat(shell.run("undo", "demo").exitCode()).isEqualTo(2);
    }

    @Test
    void shouldSendTheWholeTextWhenPutting() throws Exception {
        Path local = folder.resolve("local.txt");
        Files.writeString(local, "zwölf\n");
        gateway.on("PUT /api/workspaces/demo/files/a.txt", 200, "{\"file\":\"f-1\",\"path\":\"a.txt\",\"version\":5}");
        Shell.Result result = shell.in(folder).run("put", "demo", "a.txt", "local.txt", "--author", "ann é",
            "--if-match", "\"tag\"");
        assertThat(result).isEqualTo(new Shell.Result(0, "a.txt is at version 5\n", ""));
        FakeGateway.Request request = gateway.requests().get(0);
        assertThat(request.body()).isEqualTo("zwölf\n");
        assertThat(request.headers()).containsEntry("if-match", "\"tag\"")
            .containsEntry("heddle-author", "ann%20%C3%A9");
    }

    @Test
    void shouldTakeStandardInputWhenNoFileIsGiven() {
        gateway.on("PUT /api/workspaces/demo/files/a.txt", 200, "{\"version\":5}");
        shell.input("piped".getBytes(StandardCharsets.UTF_8)).run("put", "demo", "a.txt");
        assertThat(gateway.requests().get(0).body()).isEqualTo("piped");
    }

    @Test
    void shouldRefuseToSendWhenAFileIsNotText() throws Exception {
        Files.write(folder.resolve("image"), new byte[] {(byte) 0xff, (byte) 0xd8});
        Shell.Result result = shell.in(folder).run("put", "demo", "a.txt", "image");
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.error()).contains("image is not UTF-8 text");
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void shouldSendAnAnchoredReplaceWhenFindIsGiven() {
        gateway.on("PATCH /api/workspaces/demo/files/a.txt", 200, OP);
        Shell.Result result = shell.run("edit", "demo", "a.txt", "--find", "old", "--with", "new", "--occurrence",
            "all");
        assertThat(result.out()).isEqualTo("a.txt is at version 42: at 4 -\"old\" +\"new\"\n");
        assertThat(gateway.requests().get(0).body())
            .isEqualTo("{\"kind\":\"replace\",\"find\":\"old\",\"with\":\"new\",\"occurrence\":\"all\"}");
    }

    @Test
    void shouldSendAPositionalEditWhenPositionIsGiven() {
        gateway.on("PATCH /api/workspaces/demo/files/a.txt", 200, OP);
        shell.run("edit", "demo", "a.txt", "--position", "4", "--delete", "3", "--insert", "new", "--base", "41");
        assertThat(gateway.requests().get(0).body()).isEqualTo(
            "{\"kind\":\"edit\",\"base\":41,\"changes\":[{\"at\":4,\"delete\":3,\"insert\":\"new\"}]}");
    }

    @Test
    void shouldSayWhatIsMissingWhenAnEditIsIncomplete() {
        assertThat(shell.run("edit", "demo", "a.txt").error()).contains("either --find and --with, or --position");
        assertThat(shell.run("edit", "demo", "a.txt", "--find", "x")).satisfies(result -> {
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.error()).contains("--find wants --with");
        });
    }

    @Test
    void shouldMoveAndRemoveWhenAsked() {
        gateway.on("POST /api/workspaces/demo/files/a.txt/rename", 200, "{\"version\":8}")
            .on("DELETE /api/workspaces/demo/files/b.txt", 200, "{\"version\":9}");
        assertThat(shell.run("mv", "demo", "a.txt", "c.txt").out()).isEqualTo("a.txt is now c.txt\n");
        assertThat(shell.run("rm", "demo", "b.txt").out()).isEqualTo("deleted b.txt\n");
        assertThat(gateway.requests().get(0).body()).isEqualTo("{\"to\":\"c.txt\"}");
    }

    @Test
    void shouldNameNearFilesWhenAFileIsUnknown() {
        gateway.on("GET /api/workspaces/demo/files/READM.md", 404, UNKNOWN_FILE)
            .on("GET /api/workspaces/demo/files", 200,
                "[{\"file\":\"f\",\"path\":\"README.md\",\"length\":1,\"version\":1},"
                    + "{\"file\":\"g\",\"path\":\"src/main.c\",\"length\":1,\"version\":1}]");
        Shell.Result result = shell.run("cat", "demo", "READM.md");
        assertThat(result).isEqualTo(new Shell.Result(3, "",
            "heddle: no file READM.md\n  did you mean README.md?\n"));
    }

    @Test
    void shouldGiveTheErrorAsJsonWhenJsonIsAsked() {
        gateway.on("PATCH /api/workspaces/demo/files/a.txt", 409,
            "{\"code\":\"ANCHOR_NOT_FOUND\",\"detail\":\"text not found\",\"version\":3}");
        Shell.Result result = shell.run("edit", "demo", "a.txt", "--find", "x", "--with", "y", "--json");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.error()).startsWith("{\"code\":\"ANCHOR_NOT_FOUND\",\"message\":\"text not found\","
            + "\"exitCode\":3,\"hint\":");
    }

    @Test
    void shouldListUnderAFolderWhenOneIsGiven() {
        gateway.on("GET /api/workspaces/demo/files", 200, "[{\"file\":\"f\",\"path\":\"src/b.c\",\"length\":12,"
            + "\"version\":7},{\"file\":\"g\",\"path\":\"src.txt\",\"length\":1,\"version\":1}]");
        assertThat(shell.run("ls", "demo", "src/").out()).isEqualTo("src/b.c\n");
        assertThat(shell.run("ls", "demo", "-l").out()).isEqualTo(" 1  v1  g  src.txt\n12  v7  f  src/b.c\n");
    }
}
