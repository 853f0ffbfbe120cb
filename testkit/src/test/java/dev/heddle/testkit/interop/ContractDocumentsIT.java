package dev.heddle.testkit.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published documents are valid by their specifications' own schemas: OpenAPI 3.1 and AsyncAPI 3. */
class ContractDocumentsIT {

    private static final Path ROOT = Path.of(System.getProperty("heddle.root"));
    private static final Path REFERENCE = ROOT.resolve("docs/reference");

    private static String complaints(Path document) throws IOException, InterruptedException {
        Path validator = NodeProject.installed(ROOT.resolve("testkit/src/test/node"), "validator");
        Process process = new ProcessBuilder("node", "validate.mjs", document.toString())
            .directory(validator.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(output.isEmpty() ? 0 : 1);
        return output;
    }

    @ParameterizedTest
    @ValueSource(strings = {"openapi.yaml", "asyncapi.yaml"})
    void shouldBeValid(String name) throws IOException, InterruptedException {
        assertThat(complaints(REFERENCE.resolve(name))).isEmpty();
    }

    @Test
    void shouldComplainOfWhatIsWrong() throws IOException, InterruptedException {
        Path broken = Files.createTempFile("openapi", ".yaml");
        Files.writeString(broken, Files.readString(REFERENCE.resolve("openapi.yaml")).replaceFirst("summary:",
            "sumary:"));
        assertThat(complaints(broken)).contains("unevaluated properties");
        Files.writeString(broken, Files.readString(REFERENCE.resolve("asyncapi.yaml")).replaceFirst("action: receive",
            "action: listen"));
        assertThat(complaints(broken)).contains("/operations/");
        Files.delete(broken);
    }
}
