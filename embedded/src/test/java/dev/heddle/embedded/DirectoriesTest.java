package dev.heddle.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesTest {

    @TempDir
    private Path temp;

    @Test
    void shouldCreateAMissingDirectoryAndLeaveNothingInIt() {
        Path directory = Directories.usable(temp.resolve("a/b"));

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldNameTheDirectoryWhenAFileIsInItsPlace() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");

        assertThatThrownBy(() -> Directories.usable(file))
            .isInstanceOf(UnusableDirectoryException.class)
            .hasMessageStartingWith("data directory " + file + " cannot be used: file already exists")
            .extracting(e -> ((UnusableDirectoryException) e).directory()).isEqualTo(file);
    }

    @Test
    void shouldNameTheDirectoryWhenItCannotBeWritten() {
        // The process file system refuses new files to everybody, the superuser included.
        Path unwritable = Path.of("/proc/self");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.isDirectory(unwritable), "no /proc on this system");

        assertThatThrownBy(() -> Directories.usable(unwritable))
            .isInstanceOf(UnusableDirectoryException.class)
            .hasMessageContaining("/proc/self cannot be used");
    }
}
