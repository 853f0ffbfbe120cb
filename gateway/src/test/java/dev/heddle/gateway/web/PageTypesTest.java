package dev.heddle.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The page's TypeScript under the strict checker, where there is a Node to run it. */
class PageTypesTest {

    private static final Path COMPILER = Path.of("target", "web", "node_modules", "typescript", "lib", "tsc.js");

    @Test
    void shouldPassTheStrictTypeCheckWhenNodeIsAtHand() throws Exception {
        assumeTrue(nodeIsThere(), "no node on the PATH: the type check of the page is skipped");
        Process check = new ProcessBuilder("node", COMPILER.toString(), "--pretty", "false", "-p", "src/main/web")
            .redirectErrorStream(true).start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor(100, TimeUnit.SECONDS)).isTrue();
        assertThat(said).isEmpty();
        assertThat(check.exitValue()).isZero();
    }

    private static boolean nodeIsThere() throws InterruptedException {
        try {
            Process node = new ProcessBuilder("node", "--version").redirectErrorStream(true).start();
            node.getInputStream().readAllBytes();
            return node.waitFor() == 0;
        } catch (IOException expected) {
            return false;
        }
    }
}
