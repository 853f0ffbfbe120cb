package dev.heddle.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the repository that must equal what the code says; {@code -Dheddle.golden=update} rewrites them. */
final class Golden {

    private Golden() {
    }

    static void assertMatches(String path, String expected) {
        Path file = Path.of(System.getProperty("heddle.root")).resolve(path);
        try {
            if ("update".equals(System.getProperty("heddle.golden"))) {
                Files.writeString(file, expected);
            }
            assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("%s differs; refresh it with ./mvnw -pl gateway -am test -Dheddle.golden=update", path)
                .isEqualTo(expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
