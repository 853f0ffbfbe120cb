package dev.heddle.testkit.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One service of a compose file as a process of this machine, with exactly the environment written there. */
final class LocalService implements AutoCloseable {

    private static final int LOG_TAIL_LINES = 15;
    private static final long STOP_SECONDS = 20;

    private final ComposeService service;
    private final Loopback network;
    private final Path home;
    private final Map<String, Path> directories = new LinkedHashMap<>();
    private Process process;

    /**
     * A service that does not run yet.
     *
     * @param service the service
     * @param network the addresses
     * @param home    an empty directory of its own
     * @param compose the directory of the compose file
     */
    LocalService(ComposeService service, Loopback network, Path home, Path compose) throws IOException {
        this.service = service;
        this.network = network;
        this.home = home;
        for (ComposeService.Mount mount : service.mounts()) {
            Path here = mount.volume() ? home.resolve(mount.source()) : copied(compose.resolve(mount.source()));
            if (mount.volume()) {
                Files.createDirectories(here);
            }
            directories.put(mount.target(), here);
        }
        for (String memory : service.tmpfs()) {
            String target = memory.split(":")[0];
            // The JVM is told of its /tmp by a property; in other texts the word is too short to be replaced safely.
            String key = target.equals("/tmp") ? "\0tmp" : target;
            directories.put(key, Files.createDirectories(home.resolve("tmpfs" + target)));
        }
        directories.put("/etc/kafka/docker", Files.createDirectories(home.resolve("image/docker")));
        directories.put("/mnt/shared/config", Files.createDirectories(home.resolve("image/config")));
        directories.put("/deployments", Programs.REGISTRY);
        if (service.build() != null) {
            directories.put("/opt/heddle", service.build().resolve("target"));
        }
    }

    /** Configuration that is mounted has addresses too: a translated copy of it stands in for it. */
    private Path copied(Path source) throws IOException {
        Path target = home.resolve("mounted").resolve(source.getFileName().toString());
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = source.equals(file) ? target : target.resolve(source.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, network.translatedFile(service.name(), Files.readString(file)));
            }
        }
        return target;
    }

    /** Starts the commands; returns once the last one was started. */
    void start(List<List<String>> commands) {
        for (int i = 0; i < commands.size(); i++) {
            process = run(commands.get(i), log());
            if (i < commands.size() - 1 && !ended(process, 60, 0)) {
                throw new AssertionError(service.name() + ": command " + (i + 1) + " failed\n" + logTail());
            }
        }
    }

    /** {@return whether its health check, as written, passes now} */
    boolean healthy() {
        List<String> test = service.healthcheck().test();
        if (!test.get(0).equals("CMD")) {
            throw new AssertionError(service.name() + ": health check " + test.get(0) + " needs a shell");
        }
        Process probe = run(Programs.here(test.subList(1, test.size())), home.resolve("health.log"));
        if (ended(probe, service.healthcheck().timeout().toSeconds() + 5, 0)) {
            return true;
        }
        probe.destroyForcibly();
        return false;
    }

    private Process run(List<String> words, Path output) {
        List<String> command = new ArrayList<>(words.stream().map(this::here).toList());
        command.set(0, words.get(0));
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", System.getenv("PATH") + ":/usr/sbin");
        service.environment().forEach((name, value) -> environment.put(name, here(value)));
        // The machine as the JVM of a container with these limits sees it; and start quickly rather than run fast.
        environment.merge("JAVA_TOOL_OPTIONS", "-XX:MaxRAM=" + service.memoryBytes() + " -XX:ActiveProcessorCount="
            + service.cpus() + " -Djava.io.tmpdir=" + directories.get("\0tmp")
            + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC", (written, added) -> written + " " + added);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(service.name(), e);
        }
    }

    private String here(String text) {
        return network.translated(service.name(), text, directories);
    }

    private static boolean ended(Process process, long seconds, int status) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS) && process.exitValue() == status;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Fails where the process is gone, with the end of its log. */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new AssertionError(service.name() + " ended with " + process.exitValue() + "\n" + logTail());
        }
    }

    private Path log() {
        return home.resolve("log");
    }

    /** {@return the end of what it printed, and of what its health check printed} */
    String logTail() {
        return tail(log()) + "\nhealth check:\n" + tail(home.resolve("health.log"));
    }

    private static String tail(Path file) {
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Tells it to stop. */
    void stop() {
        if (process != null) {
            process.destroy();
        }
    }

    /** Ends it at once. */
    void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** Waits until it has stopped, by force in the end, and deletes what it left. */
    @Override
    public void close() throws IOException {
        stop();
        if (process != null) {
            ended(process, STOP_SECONDS, 0);
            process.destroyForcibly();
        }
        try (Stream<Path> paths = Files.walk(home)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
