package dev.heddle.testkit.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.cli.command.HeddleCommand;
import dev.heddle.cli.command.World;
import dev.heddle.cli.render.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A run of the command line inside the test that prints JSON.
 *
 * @param exitCode how it ended
 * @param report   what it printed
 * @param error    what it complained about
 */
public record CommandLineRun(int exitCode, JsonNode report, String error) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Runs a verb that was told to print JSON. */
    public static CommandLineRun of(List<String> arguments) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        World world = new World(new Console(new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(error, true, StandardCharsets.UTF_8), false, Map.of()),
            new ByteArrayInputStream(new byte[0]), Clock.systemUTC(), UUID::randomUUID, milliseconds -> { },
            Path.of("").toAbsolutePath());
        int exitCode = HeddleCommand.run(world, arguments.toArray(String[]::new));
        return new CommandLineRun(exitCode, JSON.readTree(out.toString(StandardCharsets.UTF_8)),
            error.toString(StandardCharsets.UTF_8));
    }
}
