package dev.heddle.services.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceNameTest {

    @TempDir
    Path directory;

    @Test
    void shouldBeTheSameAtEachStartWhenTheDirectoryIsKept() throws IOException {
        String name = InstanceName.of("", directory, "group").orElseThrow();

        assertThat(InstanceName.of("", directory, "group")).contains(name);
        assertThat(name).matches(InstanceName.FORM);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve("group.instance"));
        }
    }

    @Test
    void shouldBeAnotherWhenDirectoryOrGroupIsAnother() {
        String name = InstanceName.of("", directory.resolve("a"), "group").orElseThrow();

        assertThat(InstanceName.of("", directory.resolve("b"), "group").orElseThrow()).isNotEqualTo(name);
        assertThat(InstanceName.of("", directory.resolve("a"), "other").orElseThrow()).isNotEqualTo(name);
    }

    @Test
    void shouldBeWhatIsSetWhenItIs() {
        assertThat(InstanceName.of("transformer-0", directory, "group")).contains("transformer-0");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldNameTheSettingWhenItIsNoName() {
        InstanceName.form().ensureValid("group.instance.id", "");
        InstanceName.form().ensureValid("group.instance.id", "transformer-0.a_B");
        assertThatThrownBy(() -> InstanceName.form().ensureValid("group.instance.id", "a b"))
            .isInstanceOf(ConfigException.class).hasMessageContaining("group.instance.id").hasMessageContaining("a b");
    }

    @Test
    void shouldBeNoneWhenTheDirectoryCannotHoldIt() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        Files.writeString(directory.resolve("group.instance"), "spoiled name!");

        assertThat(InstanceName.of("", file, "group")).isEmpty();
        assertThat(InstanceName.of("", directory, "group")).isEmpty();
    }
}
