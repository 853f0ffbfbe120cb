package dev.heddle.testkit.chaos;

import dev.heddle.embedded.BrokerMain;
import dev.heddle.embedded.EmbeddedRegistry;
import dev.heddle.embedded.Ports;
import dev.heddle.gateway.GatewayMain;
import dev.heddle.snapshotter.SnapshotterMain;
import dev.heddle.transformer.TransformerMain;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * A whole installation on this machine: brokers, a registry and the services, each a process of its own, with its own
 * ports and folder, which it keeps when it is started again. {@link #start} and {@link #close} by one thread.
 */
public final class Cluster implements AutoCloseable {

    private static final int REQUEST_TIMEOUT_MS = 2_000;

    private final ClusterSettings settings;
    private final Path directory;
    private final List<Integer> brokerPorts = new ArrayList<>();
    private final List<Integer> controllerPorts = new ArrayList<>();
    private final List<Integer> snapshotterPorts = new ArrayList<>();
    private final List<Integer> gatewayPorts = new ArrayList<>();
    private final List<Integer> transformerPorts = new ArrayList<>();
    private final int registryPort = Ports.free();
    private final Map<Role, List<ChildProcess>> processes = new TreeMap<>();
    private EmbeddedRegistry registry;

    /** What a process is. */
    public enum Role {
        /** A broker and controller of Kafka. */
        BROKER,
        /** Orders operations. */
        TRANSFORMER,
        /** Folds operations and serves reads. */
        SNAPSHOTTER,
        /** Serves clients. */
        GATEWAY
    }

    /**
     * A cluster, not yet started.
     *
     * @param settings  its layout
     * @param directory an empty folder for all data and logs
     */
    public Cluster(ClusterSettings settings, Path directory) {
        this.settings = settings;
        this.directory = directory;
        take(brokerPorts, settings.brokers());
        take(controllerPorts, settings.brokers());
        take(snapshotterPorts, settings.snapshotters());
        take(gatewayPorts, settings.gateways());
        take(transformerPorts, settings.transformers());
        String clusterId = Uuid.randomUuid().toString();
        for (int node = 1; node <= settings.brokers(); node++) {
            add(Role.BROKER, BrokerMain.class, broker(node, clusterId));
        }
        for (int i = 0; i < settings.transformers(); i++) {
            add(Role.TRANSFORMER, TransformerMain.class, service(Map.of("state.dir", folder(Role.TRANSFORMER, i),
                "heddle.transformer.http.port", transformerPorts.get(i).toString())));
        }
        for (int i = 0; i < settings.snapshotters(); i++) {
            add(Role.SNAPSHOTTER, SnapshotterMain.class, service(Map.of("state.dir", folder(Role.SNAPSHOTTER, i),
                "heddle.snapshotter.http.port", snapshotterPorts.get(i).toString())));
        }
        for (int i = 0; i < settings.gateways(); i++) {
            add(Role.GATEWAY, GatewayMain.class, service(Map.of("heddle.gateway.port", gatewayPorts.get(i).toString(),
                "heddle.gateway.snapshotter.urls", addresses(snapshotterPorts, "http://"))));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::killAll, "cluster-stop"));
    }

    private static void take(List<Integer> ports, int count) {
        for (int i = 0; i < count; i++) {
            ports.add(Ports.free());
        }
    }

    private void add(Role role, Class<?> main, List<String> arguments) {
        List<ChildProcess> sameRole = processes.computeIfAbsent(role, none -> new ArrayList<>());
        String name = role.name().toLowerCase(Locale.ROOT) + "-" + (sameRole.size() + 1);
        sameRole.add(new ChildProcess(name, settings.heapMb(), main.getName(), arguments,
            directory.resolve(name + ".log")));
    }

    private String folder(Role role, int index) {
        return directory.resolve(role.name().toLowerCase(Locale.ROOT) + "-state-" + (index + 1)).toString();
    }

    private List<String> broker(int node, String clusterId) {
        Map<String, String> all = new TreeMap<>(Map.of("data.dir", folder(Role.BROKER, node - 1), "node",
            Integer.toString(node), "port", brokerPorts.get(node - 1).toString(), "controller.ports",
            controllerPorts.stream().map(String::valueOf).collect(Collectors.joining(",")), "cluster.id", clusterId));
        all.putAll(settings.brokerSettings());
        return arguments(all);
    }

    private List<String> service(Map<String, String> own) {
        Map<String, String> all = new TreeMap<>(Map.of("bootstrap.servers", bootstrapServers(), "schema.registry.url",
            registryUrl()));
        all.putAll(settings.serviceSettings());
        all.putAll(own);
        return arguments(all);
    }

    private static List<String> arguments(Map<String, String> settings) {
        return settings.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList();
    }

    private static String addresses(List<Integer> ports, String scheme) {
        return ports.stream().map(port -> scheme + "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /** {@return addresses of all brokers} */
    public String bootstrapServers() {
        return addresses(brokerPorts, "");
    }

    /** {@return the address of the registry's Confluent-compatible API} */
    public String registryUrl() {
        return "http://127.0.0.1:" + registryPort + "/apis/ccompat/v7";
    }

    /** {@return host and port of each gateway} */
    public List<String> gateways() {
        return gatewayPorts.stream().map(port -> "127.0.0.1:" + port).toList();
    }

    /**
     * {@return the processes of a role}
     *
     * @param role the role
     */
    public List<ChildProcess> processes(Role role) {
        return processes.getOrDefault(role, List.of());
    }

    /** {@return all processes but the registry} */
    public Stream<ChildProcess> all() {
        return processes.values().stream().flatMap(List::stream);
    }

    /** Starts everything at once and returns when every gateway says that edits would be sequenced. */
    public void start() {
        all().forEach(ChildProcess::start);
        startRegistry();
        awaitReady(120_000);
    }

    /** Starts the registry, for the first time or again. */
    public void startRegistry() {
        registry = EmbeddedRegistry.builder(directory.resolve("registry")).port(registryPort).start();
    }

    /** Ends the registry; its data stay. */
    public void stopRegistry() {
        registry.close();
    }

    /**
     * Waits until every process answers that it is ready.
     *
     * @param waitMs how long at most, in milliseconds
     * @throws AssertionError when one of them is not by then; with the end of its log
     */
    public void awaitReady(long waitMs) {
        long start = System.nanoTime();
        for (int i = 0; i < settings.transformers(); i++) {
            awaitReady(processes(Role.TRANSFORMER).get(i), transformerPorts.get(i), start, waitMs);
        }
        for (int i = 0; i < settings.snapshotters(); i++) {
            awaitReady(processes(Role.SNAPSHOTTER).get(i), snapshotterPorts.get(i), start, waitMs);
        }
        for (int i = 0; i < settings.gateways(); i++) {
            awaitReady(processes(Role.GATEWAY).get(i), gatewayPorts.get(i), start, waitMs);
        }
    }

    private void awaitReady(ChildProcess process, int port, long startNanos, long waitMs) {
        while (!ready(port)) {
            if (!process.alive()) {
                throw new AssertionError(process.name() + " ended with status " + process.awaitExit(1) + ":\n"
                    + process.logTail());
            }
            if (System.nanoTime() - startNanos > waitMs * 1_000_000) {
                throw new AssertionError(process.name() + " was not ready within " + waitMs + " ms; its log ends with\n"
                    + process.logTail());
            }
            Pause.ms(100);
        }
    }

    private static boolean ready(int port) {
        try {
            HttpURLConnection connection =
                (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/health/ready").toURL().openConnection();
            connection.setConnectTimeout(REQUEST_TIMEOUT_MS);
            connection.setReadTimeout(REQUEST_TIMEOUT_MS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
    }

    private void killAll() {
        all().forEach(ChildProcess::kill);
    }

    /** Ends all processes at once. */
    @Override
    public void close() {
        killAll();
        if (registry != null) {
            registry.close();
        }
    }
}
