package dev.heddle.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/guides/security.md} make keys and tokens that a gateway takes. */
class TokenScriptTest {

    private static final Path SCRIPT = Path.of(System.getProperty("heddle.root"), "compose", "token.sh");

    @TempDir
    private Path folder;

    private record Run(int status, String output, String errors) {
    }

    private Run run(String... command) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output, Files.readString(errors));
    }

    private Run token(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", SCRIPT.toString()));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    @BeforeEach
    void requireOpenssl() {
        assumeTrue(Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "openssl"))), "openssl is not installed");
    }

    @Test
    void shouldLetInWhoHoldsATokenMadeAsTheGuideSays() throws IOException, InterruptedException {
        String guide = Files.readString(SCRIPT.resolve("../../docs/guides/security.md").normalize());
        String makeKeys = guide.lines().filter(line -> line.startsWith("$ openssl genpkey")).findFirst().orElseThrow();
        assertThat(run("sh", "-c", makeKeys.substring(2)).status()).isZero();
        Run made = token("private.pem", "ada", "30", "team-*,docs", "other");
        assertThat(made.status()).as(made.errors()).isZero();

        Gatekeeper keeper = new Gatekeeper(new TokenSettings(null, folder.resolve("public.pem"), null, null, 60_000,
            null, 30_000, null, null, "sub", "heddle_read", "heddle_write"), "a test", System::currentTimeMillis);
        keeper.load();
        Access access = keeper.admit(made.output().strip());
        assertThat(access.subject()).isEqualTo("ada");
        assertThat(made.errors()).contains("\"jti\":\"" + access.tokenId() + "\"");
        assertThat(access.mayWrite("team-a")).isTrue();
        assertThat(access.mayWrite("docs")).isTrue();
        assertThat(access.mayWrite("other")).isFalse();
        assertThat(access.mayRead("other")).isTrue();
        assertThat(access.mayRead("else")).isFalse();
    }

    @Test
    void shouldSayHowToUseItWhenArgumentsMakeNoToken() throws IOException, InterruptedException {
        for (List<String> wrong : List.of(List.of("private.pem"), List.of("private.pem", "a\"b", "1", "x"),
            List.of("private.pem", "ada", "-1", "x"), List.of("private.pem", "ada", "1", "x\",\"y"))) {
            Run refused = token(wrong.toArray(String[]::new));
            assertThat(refused.status()).as("%s", wrong).isEqualTo(2);
            assertThat(refused.errors()).startsWith("Usage: token.sh");
            assertThat(refused.output()).isEmpty();
        }
        assertThat(token("absent.pem", "ada", "1", "x").status()).isNotZero();
    }
}
