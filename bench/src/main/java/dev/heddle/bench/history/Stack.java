package dev.heddle.bench.history;

import dev.heddle.embedded.EmbeddedKafka;
import dev.heddle.embedded.EmbeddedRegistry;
import dev.heddle.embedded.Ports;
import dev.heddle.gateway.GatewayConfig;
import dev.heddle.gateway.GatewayService;
import dev.heddle.snapshotter.SnapshotterConfig;
import dev.heddle.snapshotter.SnapshotterService;
import dev.heddle.transformer.TransformerConfig;
import dev.heddle.transformer.TransformerService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Broker, registry and the three services in this process, over a folder that stays between runs. One thread. */
final class Stack implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long PAUSE_MS = 20;

    private final Path folder;
    private final EmbeddedKafka broker;
    private final EmbeddedRegistry registry;
    private final int readPort = Ports.free();
    private final int gatewayPort = Ports.free();
    private TransformerService transformer;
    private SnapshotterService snapshotter;
    private GatewayService gateway;
    private Path snapshotterState;

    private Stack(Path folder) {
        this.folder = folder;
        registry = EmbeddedRegistry.builder(folder.resolve("registry")).port(Ports.free()).start();
        broker = EmbeddedKafka.builder(folder.resolve("kafka")).port(Ports.free())
            .setting("log.cleaner.backoff.ms", "500").start();
    }

    /** Starts broker, registry and services and returns once edits are ordered. */
    static Stack start(Path folder) throws InterruptedException {
        Stack stack = new Stack(folder);
        stack.transformer = new TransformerService(stack.settings("transformer", TransformerConfig.HTTP_PORT, "0"));
        stack.transformer.start();
        stack.startSnapshotter(folder.resolve("state").resolve("snapshotter"));
        stack.gateway = new GatewayService(stack.settings("gateway", GatewayConfig.PORT,
            String.valueOf(stack.gatewayPort), GatewayConfig.SNAPSHOTTER_URLS, "http://127.0.0.1:" + stack.readPort));
        stack.gateway.start();
        await("the gateway", stack.gateway::ready);
        return stack;
    }

    void startSnapshotter(Path state) throws InterruptedException {
        snapshotterState = state;
        Map<String, String> settings = settings("snapshotter", SnapshotterConfig.HTTP_PORT,
            String.valueOf(readPort));
        settings.put("state.dir", state.toString());
        snapshotter = new SnapshotterService(settings);
        snapshotter.start();
        await("the snapshotter", snapshotter::ready);
    }

    void stopSnapshotter() {
        snapshotter.close();
    }

    /** The folder of the snapshotter that runs, or ran last. */
    Path snapshotterState() {
        return snapshotterState;
    }

    /** The settings of one service, with more of them as name and value in turn. */
    Map<String, String> settings(String service, String... more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers());
        settings.put("schema.registry.url", registryUrl());
        settings.put("state.dir", folder.resolve("state").resolve(service).toString());
        for (int index = 0; index < more.length; index += 2) {
            settings.put(more[index], more[index + 1]);
        }
        return settings;
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        Stopwatch watch = new Stopwatch();
        while (!condition.getAsBoolean()) {
            if (watch.elapsedMs() > PATIENCE.toMillis()) {
                throw new IllegalStateException(what + ": not within " + PATIENCE);
            }
            Thread.sleep(PAUSE_MS);
        }
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    String registryUrl() {
        return registry.url();
    }

    /** The gateway, as the command line is told. */
    String gatewayUrl() {
        return "http://127.0.0.1:" + gatewayPort;
    }

    Path kafkaFolder() {
        return folder.resolve("kafka");
    }

    @Override
    public void close() {
        if (gateway != null) {
            gateway.close();
        }
        if (snapshotter != null) {
            snapshotter.close();
        }
        if (transformer != null) {
            transformer.close();
        }
        broker.close();
        registry.close();
    }
}
