package dev.heddle.testkit.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Node program with its libraries, installed from the lock file in a copy, so that the sources stay as they are. */
final class NodeProject {

    private NodeProject() {
    }

    /**
     * {@return the directory of the installed copy}; skips the test where there is no Node
     *
     * @param source the program's directory
     * @param name   name of the copy
     */
    static Path installed(Path source, String name) throws IOException, InterruptedException {
        assumeTrue(possible(), "node and npm are not installed on this machine");
        Path copy = Files.createDirectories(
            Path.of(System.getProperty("heddle.root"), "testkit", "target", "node", name));
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(copy.resolve(file.getFileName()), Files.readString(file));
            }
        }
        Process install = new ProcessBuilder(List.of("npm", "ci", "--no-audit", "--no-fund", "--prefer-offline"))
            .directory(copy.toFile()).redirectErrorStream(true)
            .redirectOutput(copy.resolve("npm.log").toFile()).start();
        assertThat(install.waitFor(2, TimeUnit.MINUTES) && install.exitValue() == 0)
            .as(() -> "npm ci, see " + copy.resolve("npm.log")).isTrue();
        return copy;
    }

    /** {@return whether this machine has what it takes} */
    static boolean possible() {
        return onPath("node") && onPath("npm");
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
