package dev.heddle.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    private Path temp;

    @Test
    void shouldNameTheHolderWhenAnotherHeddleHasTheDirectory() {
        try (DataDirectory first = DataDirectory.open(temp)) {
            assertThatThrownBy(() -> DataDirectory.open(temp))
                .isInstanceOf(Complaint.class)
                .hasMessage("data directory " + first.root() + " is in use by another Heddle (process "
                    + ProcessHandle.current().pid() + "); stop that one or choose another with --data-dir");
        }
    }

    @Test
    void shouldOpenAgainWhenTheHolderIsGone() {
        DataDirectory.open(temp).close();

        try (DataDirectory second = DataDirectory.open(temp)) {
            assertThat(second.root()).isEqualTo(temp);
        }
    }

    @Test
    void shouldNameTheFileWhenOneIsInTheWay() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");

        assertThatThrownBy(() -> DataDirectory.open(file))
            .isInstanceOf(Complaint.class)
            .hasMessage("data directory " + file + " cannot be used: " + file
                + " is a file; choose another with --data-dir");
    }

    @Test
    void shouldNameTheDirectoryWhenItCannotBeCreated() {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "no /proc on this system");

        assertThatThrownBy(() -> DataDirectory.open(Path.of("/proc/heddle")))
            .isInstanceOf(Complaint.class)
            .hasMessage("data directory /proc/heddle cannot be used: it does not exist and cannot be created; "
                + "make it readable and writable or choose another with --data-dir");
    }
}
