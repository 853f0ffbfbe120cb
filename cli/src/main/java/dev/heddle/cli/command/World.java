package dev.heddle.cli.command;

import dev.heddle.cli.render.Console;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * What the verbs need of the machine, so that tests can give it.
 *
 * @param console          where results and errors go
 * @param input            standard input
 * @param clock            the clock, for progress and relative times
 * @param ids              fresh random ids
 * @param pauseMs          waits so many milliseconds
 * @param workingDirectory what relative paths are relative to
 */
public record World(Console console, InputStream input, Clock clock, Supplier<UUID> ids, LongConsumer pauseMs,
                    Path workingDirectory) {

    /** Checks that all parts are there. */
    public World {
        Objects.requireNonNull(console, "console");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(ids, "ids");
        Objects.requireNonNull(pauseMs, "pauseMs");
        Objects.requireNonNull(workingDirectory, "workingDirectory");
    }
}
