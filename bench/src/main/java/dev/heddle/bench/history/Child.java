package dev.heddle.bench.history;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Runs commands and waits for them. */
final class Child {

    /**
     * What a command came to.
     *
     * @param elapsedMs wall time, milliseconds
     * @param cpuMs     processor time, milliseconds; 0 where the system does not tell
     * @param output    what it printed on standard output
     */
    record Outcome(double elapsedMs, double cpuMs, String output) {
    }

    private static final Path OWN_STATUS = Path.of("/proc/self/stat");
    private static final double MS_PER_TICK = 10;
    /** Where the times of ended children stand, counted from behind the name, which may hold spaces. */
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;

    private Child() {
    }

    /** Runs a command in a folder; one that fails is an error with what it said. */
    static Outcome run(Path folder, List<String> command) {
        Stopwatch watch = new Stopwatch();
        double cpuBeforeMs = childrenCpuMs();
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
            return new Outcome(elapsedMs, childrenCpuMs() - cpuBeforeMs, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static double childrenCpuMs() {
        try {
            String status = Files.readString(OWN_STATUS);
            String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM])) * MS_PER_TICK;
        } catch (IOException notLinux) {
            return 0;
        }
    }

    /** A Java process with this one's classes. */
    static List<String> java(String mainClass, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        // It runs in another folder, so the class path is made absolute.
        command.addAll(List.of("-cp", Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString()).collect(Collectors.joining(File.pathSeparator)),
            mainClass));
        command.addAll(arguments);
        return command;
    }
}
