package dev.heddle.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** How the registry's JVM is started, watched and stopped. */
final class RegistryProcess {

    private static final int POLL_MS = 50;
    private static final int CONNECT_TIMEOUT_MS = 1_000;
    private static final int LOG_TAIL_LINES = 5;

    private final Path home;
    private final Path dataDirectory;
    private final int port;
    private final Path logFile;

    RegistryProcess(Path home, Path dataDirectory, int port, Path logFile) {
        this.home = home;
        this.dataDirectory = dataDirectory;
        this.port = port;
        this.logFile = logFile;
    }

    Process launch() {
        Path runner = runnerJar();
        ProcessBuilder builder = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // Short-lived optimisation does not pay for a server that answers a few requests.
            "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + port,
            "-Dquarkus.http.access-log.enabled=false",
            // Without a write delay an answered registration survives any crash: ids in the log must never be lost.
            "-Dapicurio.datasource.url=jdbc:h2:file:" + dataDirectory.resolve("schemas") + ";WRITE_DELAY=0",
            "-Dapicurio.datasource.jdbc.initial-size=2",
            "-Dapicurio.datasource.jdbc.min-size=2",
            "-Dapicurio.import.work-dir=" + dataDirectory,
            "-cp", runner + File.pathSeparator + ownClasses(),
            RegistryChild.class.getName(), mainClass(runner));
        // The outer JVM's options are for the outer JVM.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
        try {
            Files.createDirectories(logFile.getParent());
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("registry: cannot start " + builder.command().get(0), e);
        }
    }

    /** Returns once the child answers 200; throws when it ends before, or when the deadline passes. */
    void awaitAnswer(Process process, URI health, long deadlineNanos) {
        long start = System.nanoTime();
        boolean answered = false;
        try {
            while (!answered) {
                if (process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
                    throw failed("ended with exit code " + process.exitValue());
                }
                if (System.nanoTime() - start > deadlineNanos) {
                    throw failed("did not answer on port " + port + " within "
                        + TimeUnit.NANOSECONDS.toMillis(deadlineNanos) + " ms");
                }
                answered = answers(health);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was not waited for: interrupted");
        } finally {
            if (!answered) {
                process.destroyForcibly();
            }
        }
    }

    static void stop(Process process, long deadlineMs) {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(deadlineMs, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static boolean answers(URI health) {
        try {
            HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
            connection.setConnectTimeout(CONNECT_TIMEOUT_MS);
            connection.setReadTimeout(CONNECT_TIMEOUT_MS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
    }

    private Path runnerJar() {
        if (Files.isDirectory(home)) {
            try (var jars = Files.newDirectoryStream(home, "*-runner.jar")) {
                for (Path jar : jars) {
                    return jar.toAbsolutePath();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("registry home " + home + " cannot be read", e);
            }
        }
        throw new IllegalStateException("registry home " + home
            + " holds no *-runner.jar (expected: the registry unpacked there; the build of module embedded does it)");
    }

    private static String mainClass(Path runner) {
        try (JarFile jar = new JarFile(runner.toFile())) {
            return jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
        } catch (IOException e) {
            throw new UncheckedIOException("registry: cannot read " + runner, e);
        }
    }

    private static Path ownClasses() {
        return Path.of(URI.create(RegistryChild.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private IllegalStateException failed(String what) {
        return new IllegalStateException("registry " + what + "; its log " + logFile + " ends with:\n" + logTail());
    }

    private String logTail() {
        try {
            List<String> lines = Files.readAllLines(logFile);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(cannot be read: " + e.getMessage() + ")";
        }
    }
}
