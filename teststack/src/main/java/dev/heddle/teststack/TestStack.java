package dev.heddle.teststack;

import dev.heddle.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * A real broker and a real registry for integration tests. Thread-safe. The broker runs in this JVM, or, with
 * {@code -Dheddle.test.broker=testcontainers}, in a container; tests are the same, and skipped where no engine answers.
 *
 * <p>{@link #shared()} is one per JVM, started at first use and stopped with the JVM; tests on it use workspaces of
 * their own ({@link #workspace(String)}). {@link #start()} is a fresh one, for tests that need topics to themselves or
 * restarts.
 */
public final class TestStack implements AutoCloseable {

    private final Path directory;
    private final TestBroker kafka;
    private EmbeddedRegistry registry;

    private TestStack(Path directory) {
        this.directory = directory;
        this.kafka = TestBroker.start(directory.resolve("kafka"));
    }

    /** {@return the stack of this JVM} */
    public static TestStack shared() {
        // Not while the class below is set up: that would be an error, and a second use of it another one.
        TestBroker.assumePossible();
        return Shared.STACK;
    }

    /** {@return a stack of one's own with no data, to be closed} */
    public static TestStack start() {
        TestBroker.assumePossible();
        try {
            return new TestStack(Files.createTempDirectory("heddle-test"));
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory for the test stack", e);
        }
    }

    /** {@return host and port of the broker} */
    public synchronized String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** {@return the address of the registry's Confluent-compatible API; the first call starts it} */
    public synchronized String registryUrl() {
        if (registry == null) {
            registry = EmbeddedRegistry.builder(directory.resolve("registry")).start();
        }
        return registry.url();
    }

    /** Stops the broker and starts it again on the same data, on another port. */
    public synchronized void restartKafka() {
        kafka.restart();
    }

    /** {@return a new admin client, to be closed} */
    public Admin admin() {
        return Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers()));
    }

    /**
     * {@return a valid workspace name that no other test uses}
     *
     * @param prefix lower-case letters that say whose it is
     */
    public static String workspace(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** {@return an empty directory below this stack's own, for state directories; deleted with it} */
    public Path newDirectory() {
        try {
            return Files.createTempDirectory(directory, "state");
        } catch (IOException e) {
            throw new UncheckedIOException("no directory below " + directory, e);
        }
    }

    /** Stops both parts and deletes their data. */
    @Override
    public synchronized void close() {
        if (registry != null) {
            registry.close();
        }
        kafka.close();
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException ignored) {
            // Left to the system's own cleaning of temporary files.
        }
    }

    private static final class Shared {
        private static final TestStack STACK = TestStack.start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(STACK::close, "test-stack-stop"));
        }
    }
}
