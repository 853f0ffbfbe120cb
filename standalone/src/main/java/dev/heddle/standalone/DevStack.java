package dev.heddle.standalone;

import dev.heddle.embedded.EmbeddedKafka;
import dev.heddle.embedded.EmbeddedRegistry;
import dev.heddle.embedded.Ports;
import dev.heddle.gateway.GatewayService;
import dev.heddle.snapshotter.SnapshotterService;
import dev.heddle.transformer.TransformerService;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Broker, registry and services of one {@code ./heddle dev}. Started once; closed from any thread, at any time. */
final class DevStack implements AutoCloseable {

    private static final Duration HEALTH_DEADLINE = Duration.ofMinutes(2);

    private final DevSettings settings;
    private final DataDirectory directory;
    private final Parts parts;
    private volatile boolean started;

    DevStack(DevSettings settings, DataDirectory directory, Progress progress) {
        this.settings = settings;
        this.directory = directory;
        this.parts = new Parts(progress);
    }

    /**
     * Starts all parts, side by side where one does not need the other, and returns once an edit would be ordered.
     *
     * @throws Complaint when a part does not start
     */
    void start() throws InterruptedException {
        // The registry first: it takes longest.
        CompletableFuture<EmbeddedRegistry> registry = parts.start(Part.REGISTRY,
            () -> EmbeddedRegistry.builder(directory.registry()).port(settings.registryPort())
                .logFile(directory.logs().resolve("registry.log")).start(),
            EmbeddedRegistry::alive, running -> loopback(running.port()));
        CompletableFuture<EmbeddedKafka> broker = parts.start(Part.BROKER,
            () -> EmbeddedKafka.builder(directory.kafka()).port(settings.kafkaPort()).start(),
            running -> true, EmbeddedKafka::bootstrapServers);
        String bootstrapServers = Parts.await(broker).bootstrapServers();
        startServices(new ServiceSettings(bootstrapServers, Parts.await(registry).url(), directory));
        HttpProbe.await(URI.create("http://" + loopback(settings.port()) + "/health/ready"), HEALTH_DEADLINE);
        started = true;
    }

    private void startServices(ServiceSettings service) {
        int readPort = Ports.free();
        CompletableFuture<TransformerService> transformer = parts.start(Part.TRANSFORMER, () -> {
            TransformerService starting = new TransformerService(service.transformer());
            starting.start();
            return starting;
        }, TransformerService::ready, running -> "");
        CompletableFuture<SnapshotterService> snapshotter = parts.start(Part.SNAPSHOTTER, () -> {
            SnapshotterService starting = new SnapshotterService(service.snapshotter(readPort));
            starting.start();
            return starting;
        }, SnapshotterService::ready, running -> loopback(readPort));
        CompletableFuture<GatewayService> gateway = parts.start(Part.GATEWAY, () -> {
            GatewayService starting = new GatewayService(service.gateway(settings.port(), readPort));
            starting.start();
            return starting;
        }, GatewayService::ready, running -> loopback(settings.port()));
        List.of(transformer, snapshotter, gateway).forEach(Parts::await);
    }

    /** {@return whether {@link #start()} came to its end} */
    boolean started() {
        return started;
    }

    @Override
    public void close() {
        parts.close();
    }

    private static String loopback(int port) {
        return "127.0.0.1:" + port;
    }
}
