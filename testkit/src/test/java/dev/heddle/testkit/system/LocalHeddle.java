package dev.heddle.testkit.system;

import dev.heddle.embedded.Ports;
import dev.heddle.gateway.GatewayService;
import dev.heddle.snapshotter.SnapshotterService;
import dev.heddle.teststack.HeddleRest;
import dev.heddle.teststack.TestStack;
import dev.heddle.transformer.TransformerService;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Broker, registry and one of each service in this JVM, ready for clients; told what any operator would tell them. */
public final class LocalHeddle implements AutoCloseable {

    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(90);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static LocalHeddle shared;

    private final TestStack stack;
    private final TransformerService transformer;
    private final SnapshotterService snapshotter;
    private final GatewayService gateway;

    private LocalHeddle(TestStack stack, Map<String, String> gatewaySettings) {
        this.stack = stack;
        int reads = Ports.free();
        this.transformer = new TransformerService(settings(Map.of("heddle.transformer.http.port", "0",
            "state.dir", stack.newDirectory().toString())));
        this.snapshotter = new SnapshotterService(settings(Map.of("heddle.snapshotter.http.port",
            String.valueOf(reads), "state.dir", stack.newDirectory().toString(), "heddle.snapshot.idle.ms", "200")));
        Map<String, String> all = settings(Map.of("heddle.gateway.port", "0",
            "heddle.gateway.snapshotter.urls", "http://127.0.0.1:" + reads));
        all.putAll(gatewaySettings);
        this.gateway = new GatewayService(all);
    }

    /**
     * {@return the system of this JVM, started at first use and stopped with the JVM}; tests on it use workspaces of
     * their own. It pings its clients twice a second, so that nobody has to wait for one.
     */
    public static synchronized LocalHeddle shared() {
        if (shared == null) {
            shared = start(Map.of("heddle.gateway.ping.interval.ms", "500"));
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close, "local-heddle-stop"));
        }
        return shared;
    }

    /** {@return a system on a broker and a registry of its own, ready} */
    public static LocalHeddle start() {
        return start(Map.of());
    }

    /**
     * {@return a system on a broker and a registry of its own, ready}
     *
     * @param gatewaySettings further settings of the gateway
     */
    public static LocalHeddle start(Map<String, String> gatewaySettings) {
        return start(TestStack.start(), gatewaySettings);
    }

    private static LocalHeddle start(TestStack stack, Map<String, String> gatewaySettings) {
        LocalHeddle heddle = new LocalHeddle(stack, gatewaySettings);
        heddle.transformer.start();
        heddle.snapshotter.start();
        heddle.gateway.start();
        long start = System.nanoTime();
        while (!heddle.gateway.ready()) {
            if (System.nanoTime() - start > DEADLINE_NANOS) {
                throw new AssertionError("gateway not ready within 90 s: " + heddle.gateway.faults());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return heddle;
    }

    /**
     * {@return settings of a further instance on the same broker and registry}
     *
     * @param own its own settings
     */
    public Map<String, String> settings(Map<String, String> own) {
        Map<String, String> settings = new HashMap<>(own);
        settings.put("bootstrap.servers", stack.bootstrapServers());
        settings.put("schema.registry.url", stack.registryUrl());
        return settings;
    }

    /** {@return broker and registry} */
    public TestStack stack() {
        return stack;
    }

    /** {@return host and port of the gateway} */
    public String gateway() {
        return "127.0.0.1:" + gateway.port();
    }

    /** {@return host and port of the transformer's health and metrics} */
    public String transformer() {
        return "127.0.0.1:" + transformer.port();
    }

    /** {@return host and port of the snapshotter's reads, health and metrics} */
    public String snapshotter() {
        return "127.0.0.1:" + snapshotter.port();
    }

    /** {@return a client of the gateway's REST interface} */
    public HeddleRest rest() {
        return new HeddleRest(gateway());
    }

    @Override
    public void close() {
        gateway.close();
        snapshotter.close();
        transformer.close();
        stack.close();
    }
}
