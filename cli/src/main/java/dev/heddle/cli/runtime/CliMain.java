package dev.heddle.cli.runtime;

import dev.heddle.cli.command.HeddleCommand;
import dev.heddle.cli.command.World;
import dev.heddle.cli.render.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;

/** The heddle command's entry point. */
public final class CliMain {

    private CliMain() {
    }

    /**
     * Runs one verb and ends the process with its exit code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        // Said before the first logger is made: the class path may hold a service's configuration too.
        System.setProperty("logback.configurationFile", "heddle-cli-logback.xml");
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        PrintStream error = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        Console console = new Console(out, error, Terminal.present(), System.getenv());
        World world = new World(console, System.in, Clock.systemUTC(), UUID::randomUUID, CliMain::pause,
            Path.of("").toAbsolutePath());
        int exitCode = HeddleCommand.run(world, arguments);
        out.flush();
        System.exit(exitCode);
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
        }
    }
}
