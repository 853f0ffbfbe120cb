package dev.heddle.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runner for others, {@code docs/reference/ot-vectors.mjs}, agrees with the vectors and would say if not. */
class NodeVectorsTest {

    private static final Path REFERENCE = Path.of(System.getProperty("heddle.root", ".."), "docs", "reference");

    private record Run(int status, String output) {
    }

    private static Run node(Path vectors) throws Exception {
        boolean possible = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
        assumeTrue(possible, "node is not installed on this machine");
        Process process = new ProcessBuilder("node", REFERENCE.resolve("ot-vectors.mjs").toString(), vectors.toString())
            .redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    @Test
    void shouldAgreeWithTheVectorsWhenNodeRunsThem() throws Exception {
        Run run = node(REFERENCE.resolve("ot-vectors.json"));
        assertThat(run).as(run.output()).isEqualTo(new Run(0, run.output()));
        assertThat(run.output()).matches("[1-9][0-9]+ checks, 0 failed\n");
        assertThat(Files.readString(REFERENCE.resolve("ot-vectors.md"))).as("the page").contains(run.output());
    }

    @Test
    void shouldSayWhichVectorFailsWhenAResultIsWrong(@TempDir Path folder) throws Exception {
        String right = Files.readString(REFERENCE.resolve("ot-vectors.json"));
        Path wrong = folder.resolve("wrong.json");
        Files.writeString(wrong, right.replace("\"result\": \"aYXb\"", "\"result\": \"aXYb\""));
        Run run = node(wrong);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output()).contains("V3 result: \"aYXb\" (expected: \"aXYb\")");
    }
}
