package dev.heddle.snapshotter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the repository that must equal what the code says; {@code -Dheddle.golden=update} rewrites them. */
final class Golden {

    private Golden() {
    }

    /** Fails where the file at this path of the repository differs, and says how to refresh it. */
    static void check(String path, String expected) throws IOException {
        Path file = Path.of(System.getProperty("heddle.root"), path);
        if ("update".equals(System.getProperty("heddle.golden"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
            .as("%s differs from the code; refresh it with ./mvnw -pl snapshotter -am test -Dheddle.golden=update",
                path)
            .isEqualTo(expected);
    }
}
