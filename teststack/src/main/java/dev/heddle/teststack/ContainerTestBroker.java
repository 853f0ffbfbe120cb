package dev.heddle.teststack;

import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The image that a cluster runs, {@code apache/kafka}, started by Testcontainers. */
final class ContainerTestBroker implements TestBroker {

    private static final DockerImageName IMAGE = DockerImageName.parse("apache/kafka:4.3.1");

    private final KafkaContainer container;

    ContainerTestBroker() {
        assumeEngine();
        container = new KafkaContainer(IMAGE)
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
            .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", MIN_SESSION_MS);
        container.start();
    }

    /** Skips the test where no container engine answers; asked once per JVM, Testcontainers remembers. */
    static void assumeEngine() {
        Assumptions.assumeTrue(DockerClientFactory.instance().isDockerAvailable(),
            PROPERTY + "=testcontainers, and no container engine answers on this machine");
    }

    @Override
    public String bootstrapServers() {
        return container.getBootstrapServers();
    }

    /** A container that starts again gets another port, which its broker does not learn of. */
    @Override
    public void restart() {
        Assumptions.abort("a broker of Testcontainers does not come back on its data; use " + PROPERTY + "=embedded");
    }

    @Override
    public void close() {
        container.close();
    }
}
