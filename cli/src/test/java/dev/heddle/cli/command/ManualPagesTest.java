package dev.heddle.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.render.Console;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ManualPagesTest {

    @Test
    void shouldEqualTheReferencePageWhenGenerated() throws Exception {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        World world = new World(new Console(nowhere, nowhere, false, Map.of()), InputStream.nullInputStream(),
            Clock.systemUTC(), UUID::randomUUID, milliseconds -> { }, Path.of(""));
        String page = ManualPages.markdown(HeddleCommand.commandLine(world));
        Path file = Path.of(System.getProperty("heddle.root"), "docs/reference/cli.md");
        if ("update".equals(System.getProperty("heddle.golden"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, page);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
            .as("docs/reference/cli.md differs from the code; refresh it with "
                + "./mvnw -pl cli -am test -Dheddle.golden=update")
            .isEqualTo(page);
    }
}
