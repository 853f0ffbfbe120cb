package dev.heddle.teststack;

import java.nio.file.Path;

/** A real broker for tests, wherever it runs. Thread-safe as far as {@link TestStack} needs it. */
interface TestBroker extends AutoCloseable {

    /** System property that chooses the broker. */
    String PROPERTY = "heddle.test.broker";

    /** {@return host and port for clients} */
    String bootstrapServers();

    /** Stops the broker and starts it again on the same data; skips the test where it cannot. */
    void restart();

    @Override
    void close();

    /** Broker setting: the shortest session that a member of a consumer group may ask for. */
    String MIN_SESSION = "group.min.session.timeout.ms";
    /** Short, so that tests need not wait for members that they killed. */
    String MIN_SESSION_MS = "1000";

    /**
     * {@return a running broker of the kind that {@value #PROPERTY} names}; skips the test where that cannot run here
     *
     * @param directory where an embedded one keeps its data
     */
    static TestBroker start(Path directory) {
        String kind = System.getProperty(PROPERTY, "embedded");
        return switch (kind) {
            case "", "embedded" -> new EmbeddedTestBroker(directory);
            case "testcontainers" -> new ContainerTestBroker();
            default -> throw new IllegalArgumentException(PROPERTY + ": " + kind
                + " (expected: embedded or testcontainers)");
        };
    }

    /** Skips the test, with the reason, where the chosen broker cannot run on this machine. */
    static void assumePossible() {
        if (System.getProperty(PROPERTY, "embedded").equals("testcontainers")) {
            ContainerTestBroker.assumeEngine();
        }
    }
}
