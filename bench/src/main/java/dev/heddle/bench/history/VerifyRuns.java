package dev.heddle.bench.history;

import dev.heddle.cli.command.HeddleCommand;
import dev.heddle.cli.command.World;
import dev.heddle.cli.render.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;

/**
 * {@code heddle} several times in one process, as its own process: the first times pay for the start of Java and its
 * compiler, the later ones tell what each further operation costs.
 */
public final class VerifyRuns {

    private VerifyRuns() {
    }

    /**
     * Prints one line for each time: milliseconds on the clock, milliseconds of processor time of all threads.
     *
     * @param arguments how often, and the command line
     */
    public static void main(String[] arguments) {
        System.setProperty("logback.configurationFile", "heddle-cli-logback.xml");
        String[] command = Arrays.copyOfRange(arguments, 1, arguments.length);
        for (int times = Integer.parseInt(arguments[0]); times > 0; times--) {
            Stopwatch watch = new Stopwatch();
            Duration cpuBefore = cpu();
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            int code = HeddleCommand.run(world(new PrintStream(said, false, StandardCharsets.UTF_8)), command);
            if (code != 0) {
                System.err.println(said.toString(StandardCharsets.UTF_8));
                System.exit(code);
            }
            System.out.println(Math.round(watch.elapsedMs()) + " "
                + cpu().minus(cpuBefore).toMillis());
        }
        System.exit(0);
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static World world(PrintStream out) {
        return new World(new Console(out, System.err, false, Map.of()), System.in, Clock.systemUTC(), UUID::randomUUID,
            milliseconds -> {
                throw new IllegalStateException("nothing to wait for");
            }, Path.of("").toAbsolutePath());
    }
}
