package dev.heddle.testkit.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A program of the guides, prepared and run as its page says. */
final class Example {

    private static final Path GUIDES = Path.of(System.getProperty("heddle.root"), "docs", "guides");
    private static final Path TARGET = Path.of(System.getProperty("heddle.root"), "testkit", "target", "examples");

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;

    private Example(String name, List<String> command, Map<String, String> environment) {
        this.name = name;
        this.command = command;
        this.environment = environment;
    }

    /** What a run printed and how it ended. */
    record Run(int status, String output, String errors) {
    }

    static Example prepared(String name, Map<String, String> environment) throws IOException, InterruptedException {
        return new Example(name, name.equals("java") ? java() : node(), environment);
    }

    /** Compiled with Kafka's client library and nothing else; run with what that library itself brings. */
    private static List<String> java() throws IOException {
        Path classes = Files.createDirectories(TARGET.resolve("java"));
        List<String> arguments = new ArrayList<>(List.of("-Xlint:all", "-Werror", "-d", classes.toString(),
            "-cp", jars("kafka-clients")));
        try (Stream<Path> sources = Files.list(GUIDES.resolve("java"))) {
            sources.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
            .isZero();
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
            "-XX:TieredStopAtLevel=1", "-cp", classes + File.pathSeparator
                + jars("kafka-clients", "slf4j-api", "lz4-java", "zstd-jni", "snappy-java"), "Heddle");
    }

    private static String jars(String... names) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(jar -> Arrays.stream(names).anyMatch(name -> Path.of(jar).getFileName().toString()
                .startsWith(name + "-"))).collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> node() throws IOException, InterruptedException {
        Path installed = NodeProject.installed(GUIDES.resolve("node"), "example");
        return List.of("node", installed.resolve("heddle.mjs").toString());
    }

    /** Runs it to its end. */
    Run run(String... words) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(words));
        try {
            Path output = Files.createTempFile("example", ".out");
            Path errors = Files.createTempFile("example", ".err");
            ProcessBuilder builder = new ProcessBuilder(all).redirectOutput(output.toFile())
                .redirectError(errors.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(name + " " + List.of(words) + " did not end: " + Files.readString(errors));
            }
            Run run = new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8),
                Files.readString(errors, StandardCharsets.UTF_8));
            Files.delete(output);
            Files.delete(errors);
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Runs it and returns what it printed; it has to end well. */
    String output(String... words) {
        Run run = run(words);
        assertThat(run.status()).as("%s %s: %s", name, List.of(words), run.errors()).isZero();
        return run.output();
    }
}
