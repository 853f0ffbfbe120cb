package dev.heddle.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportVerbTest {

    private static final String DONE = "{\"file\":\"f\",\"path\":\"p\",\"version\":1}";
    private static final String FILES = "PUT /api/workspaces/demo/files/";

    @TempDir
    private Path folder;
    private final FakeGateway gateway = new FakeGateway().on("GET /api/workspaces/demo", 200, "{\"name\":\"demo\"}");
    private final Shell shell = new Shell().with("HEDDLE_SERVER", gateway.url());

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void shouldGoOnAndListWhatWasLeftOutWhenAFileIsRefused() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "a");
        Files.writeString(folder.resolve("big.txt"), "b");
        Files.write(folder.resolve("image.png"), new byte[] {(byte) 0xff, 1});
        Files.writeString(folder.resolve("z.txt"), "z");
        gateway.on(FILES + "a.txt", 200, DONE).on(FILES + "z.txt", 200, DONE)
            .on(FILES + "big.txt", 422, "{\"code\":\"TOO_LARGE\",\"detail\":\"text is too long\"}");
        assertThat(shell.run("import", "demo", folder.toString())).isEqualTo(new Shell.Result(1,
            "2 files are in demo, 2 left out:\n  big.txt was refused: text is too long\n"
                + "  image.png is not UTF-8 text\n", ""));
        assertThat(shell.run("import", "demo", folder.toString(), "--json").out()).isEqualTo(
            "{\"workspace\":\"demo\",\"files\":2,\"leftOut\":[{\"path\":\"big.txt\",\"reason\":\"was refused: text is "
                + "too long\"},{\"path\":\"image.png\",\"reason\":\"is not UTF-8 text\"}]}\n");
    }

    @Test
    void shouldAskAgainWhenTheGatewayIsBusyForAMoment() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "a");
        gateway.on(FILES + "a.txt", 503, "{\"code\":\"UNAVAILABLE\",\"detail\":\"not yet\"}")
            .on(FILES + "a.txt", 429, "{\"code\":\"LIMIT_REACHED\",\"detail\":\"too many\"}")
            .on(FILES + "a.txt", 200, DONE);
        assertThat(shell.run("import", "demo", folder.toString())).isEqualTo(new Shell.Result(0,
            "1 file is in demo\n", ""));
    }

    @Test
    void shouldStopAtOnceWhenNothingMayBeWritten() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "a");
        Files.writeString(folder.resolve("b.txt"), "b");
        gateway.on(FILES + "a.txt", 403, "{\"code\":\"FORBIDDEN\",\"detail\":\"read only\"}");
        Shell.Result result = shell.run("import", "demo", folder.toString());
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.error()).contains("read only");
        assertThat(gateway.requests()).extracting(FakeGateway.Request::uri).noneMatch(uri -> uri.endsWith("b.txt"));
    }
}
