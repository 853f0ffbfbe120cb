package dev.heddle.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Pages generated from code: compared with what is committed, or rewritten with {@code -Dheddle.golden=update}. */
final class Golden {

    private Golden() {
    }

    static void check(String page, String expected) {
        Path file = Path.of(System.getProperty("heddle.root"), "docs", "reference", page);
        try {
            if ("update".equals(System.getProperty("heddle.golden"))) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, expected);
            }
            assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("%s drifted from the code; refresh it with ./mvnw -pl transformer -am test -Dheddle.golden=update",
                    file)
                .isEqualTo(expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
