package dev.heddle.bench.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs commands and waits for them. */
final class Child {

    /**
     * What a command came to.
     *
     * @param elapsedMs wall time, milliseconds
     * @param output    what it printed on standard output
     */
    record Outcome(double elapsedMs, String output) {
    }

    private Child() {
    }

    /** Runs a command in a folder; one that fails is an error with what it said. */
    static Outcome run(Path folder, List<String> command) {
        Stopwatch watch = new Stopwatch();
        try {
            Process process = new ProcessBuilder(command).directory(folder.toFile())
                .redirectError(folder.resolve("command.log").toFile()).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            double elapsedMs = watch.elapsedMs();
            if (code != 0) {
                throw new IllegalStateException(command + " ended with " + code + ": " + output + "; see "
                    + folder.resolve("command.log"));
            }
            return new Outcome(elapsedMs, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A Java process with this one's classes. */
    static List<String> java(String mainClass, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        return command;
    }
}
