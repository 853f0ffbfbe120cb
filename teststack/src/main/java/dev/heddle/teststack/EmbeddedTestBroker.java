package dev.heddle.teststack;

import dev.heddle.embedded.EmbeddedKafka;
import java.nio.file.Path;

/** The default: a KRaft broker in the JVM of the tests. */
final class EmbeddedTestBroker implements TestBroker {

    private final Path directory;
    private EmbeddedKafka kafka;

    EmbeddedTestBroker(Path directory) {
        this.directory = directory;
        this.kafka = started();
    }

    private EmbeddedKafka started() {
        return EmbeddedKafka.builder(directory).setting(MIN_SESSION, MIN_SESSION_MS).start();
    }

    @Override
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** On another port. */
    @Override
    public void restart() {
        kafka.close();
        kafka = started();
    }

    @Override
    public void close() {
        kafka.close();
    }
}
