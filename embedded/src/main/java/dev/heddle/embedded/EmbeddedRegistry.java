package dev.heddle.embedded;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A real Apicurio Registry as a child process on 127.0.0.1, its schemas in a directory that survives restarts.
 *
 * <p>The child ends with this process, however this process ends: it watches a pipe that only this process holds. All
 * methods are thread-safe.
 */
public final class EmbeddedRegistry implements AutoCloseable {

    /** System property that names the directory of the unpacked registry, as the build leaves it. */
    public static final String HOME_PROPERTY = "heddle.registry.home";

    private static final long CLOSE_DEADLINE_MS = 5_000;

    private final Process process;
    private final int port;

    private EmbeddedRegistry(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * {@return a builder of a registry whose data lie in a directory}
     *
     * @param dataDirectory the directory; created where it is missing
     */
    public static Builder builder(Path dataDirectory) {
        return new Builder(dataDirectory);
    }

    /** {@return the address of the Confluent-compatible API, without a trailing slash} */
    public String url() {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    /** {@return the port it listens on} */
    public int port() {
        return port;
    }

    /** {@return the child's process id} */
    public long processId() {
        return process.pid();
    }

    /** {@return whether the child still runs} */
    public boolean alive() {
        return process.isAlive();
    }

    /** Stops the child: orderly, and by force after 5 s. Later calls do nothing. */
    @Override
    public void close() {
        RegistryProcess.stop(process, CLOSE_DEADLINE_MS);
    }

    /** Collects what differs from one registry to the next. Not thread-safe. */
    public static final class Builder {

        private static final long DEFAULT_START_DEADLINE_MS = 60_000;

        private final Path dataDirectory;
        private Path home;
        private Path logFile;
        private int port;
        private long startDeadlineMs = DEFAULT_START_DEADLINE_MS;

        private Builder(Path dataDirectory) {
            this.dataDirectory = Objects.requireNonNull(dataDirectory, "dataDirectory");
        }

        /**
         * Sets where the registry was unpacked; by default the system property {@value #HOME_PROPERTY} says so.
         *
         * @param value the directory that holds the runner jar
         * @return this builder
         */
        public Builder home(Path value) {
            this.home = Objects.requireNonNull(value, "home");
            return this;
        }

        /**
         * Sets the port; 0, the default, takes a free one.
         *
         * @param value the port
         * @return this builder
         */
        public Builder port(int value) {
            this.port = value;
            return this;
        }

        /**
         * Sets the file that takes the child's output; by default {@code registry.log} in the data directory.
         *
         * @param value the file; written from its end
         * @return this builder
         */
        public Builder logFile(Path value) {
            this.logFile = Objects.requireNonNull(value, "logFile");
            return this;
        }

        /**
         * Sets how long to wait until the registry answers; 60,000 by default.
         *
         * @param value milliseconds
         * @return this builder
         */
        public Builder startDeadlineMs(long value) {
            this.startDeadlineMs = value;
            return this;
        }

        /**
         * Starts the child and returns once it answers.
         *
         * @return the running registry
         * @throws PortInUseException         when the port is taken
         * @throws UnusableDirectoryException when the data directory cannot be used
         * @throws IllegalStateException      when the child ends early or does not answer in time; names its log file
         */
        public EmbeddedRegistry start() {
            Path directory = Directories.usable(dataDirectory);
            int resolved = Ports.resolve(port);
            Path log = logFile == null ? directory.resolve("registry.log") : logFile.toAbsolutePath();
            RegistryProcess child = new RegistryProcess(resolvedHome(), directory, resolved, log);
            Process process = child.launch();
            URI health = URI.create("http://127.0.0.1:" + resolved + "/health/ready");
            child.awaitAnswer(process, health, TimeUnit.MILLISECONDS.toNanos(startDeadlineMs));
            return new EmbeddedRegistry(process, resolved);
        }

        private Path resolvedHome() {
            if (home != null) {
                return home;
            }
            String property = System.getProperty(HOME_PROPERTY, "");
            if (property.isEmpty()) {
                throw new IllegalStateException("system property " + HOME_PROPERTY
                    + " is not set (expected: the directory of the unpacked registry, embedded/target/registry)");
            }
            return Path.of(property);
        }
    }
}
