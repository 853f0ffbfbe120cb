package dev.heddle.cli.command;

import dev.heddle.cli.render.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Runs the command inside the test, with its own streams, clock and environment. */
public final class Shell {

    private final Map<String, String> environment = new HashMap<>();
    private Path directory = Path.of("").toAbsolutePath();
    private byte[] input = new byte[0];
    private boolean terminal;

    /** What a run left behind. */
    public record Result(int exitCode, String out, String error) {
    }

    public Shell with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public Shell in(Path workingDirectory) {
        directory = workingDirectory;
        return this;
    }

    public Shell input(byte[] bytes) {
        input = bytes;
        return this;
    }

    public Shell onTerminal() {
        terminal = true;
        return this;
    }

    public Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(error, true, StandardCharsets.UTF_8), terminal, environment);
        World world = new World(console, new ByteArrayInputStream(input),
            Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC), () -> new UUID(0, 7),
            milliseconds -> { }, directory);
        int exitCode = HeddleCommand.run(world, arguments);
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), error.toString(StandardCharsets.UTF_8));
    }
}
