package dev.heddle.gateway;

import dev.heddle.gateway.log.Feeds;
import dev.heddle.gateway.log.KafkaClients;
import dev.heddle.gateway.log.KafkaOperationLog;
import dev.heddle.gateway.log.KafkaWorkspaceDirectory;
import dev.heddle.gateway.protocol.FrameEncoder;
import dev.heddle.gateway.read.SnapshotterClient;
import dev.heddle.gateway.room.RoomPorts;
import dev.heddle.gateway.runtime.RandomIds;
import dev.heddle.gateway.runtime.SystemTime;
import dev.heddle.schemas.config.CommonConfig;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.serde.SchemaRegistration;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import dev.heddle.services.metrics.ServiceInfo;
import dev.heddle.services.runtime.Patience;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway as one object: everything from its settings to an open port, and back.
 *
 * <p>{@link #start()} and {@link #close()} block and belong to one thread; the rest may be called from any.
 */
public final class GatewayService implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GatewayService.class);
    private static final long FIRST_PROBES_MS = 250;

    private final GatewayConfig config;
    private final SystemTime time = new SystemTime();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final ExecutorService workers;
    private final Vertx vertx;
    private final GatewayMetrics metrics;
    private volatile Readiness readiness;
    private volatile Feeds feeds;
    private volatile KafkaWorkspaceDirectory directory;
    private volatile GatewayServer server;

    /**
     * A gateway that does not run yet.
     *
     * @param settings its settings by name
     * @throws org.apache.kafka.common.config.ConfigException where one is missing or not allowed; it names the setting
     */
    public GatewayService(Map<String, String> settings) {
        this.config = new GatewayConfig(settings);
        this.workers = Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()), task -> {
            Thread thread = new Thread(task, "gateway-worker");
            thread.setDaemon(true);
            return thread;
        });
        this.metrics = new GatewayMetrics(time);
        ServiceInfo.register(metrics.registry(), "gateway", config, List.of(CommonConfig.SHARDS), time::nowMs);
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(eventLoops()));
    }

    private int eventLoops() {
        int wanted = config.getInt(GatewayConfig.EVENT_LOOPS);
        return wanted > 0 ? wanted : Runtime.getRuntime().availableProcessors();
    }

    /** Opens everything; returns when the port is open. Readiness follows by itself. */
    public void start() {
        int shards = config.getInt(CommonConfig.SHARDS);
        Patience patience = new Patience(Duration.ofMillis(config.getLong(GatewayConfig.START_MS)));
        SchemaRegistryClient registry = SchemaRegistryClient.create(config.originals());
        patience.attempt("registering schemas", () -> SchemaRegistration.registerAndRead(registry));
        HeddleSerdes serdes = HeddleSerdes.of(registry);
        KafkaClients clients = new KafkaClients(config.producerSettings(), config.consumerSettings(),
            config.adminSettings(), metrics.registry());
        directory = closing(new KafkaWorkspaceDirectory(clients, serdes, shards,
            config.getShort(CommonConfig.REPLICATION_FACTOR), config.getInt(GatewayConfig.WORKSPACES_MAX),
            config.place(), time, workers));
        patience.attempt("looking at the topics", () -> directory.ensureSharedTopics());
        directory.start();
        RandomIds ids = new RandomIds();
        feeds = closing(new Feeds(clients, serdes, shards, ids));
        KafkaOperationLog operationLog = closing(new KafkaOperationLog(clients, serdes, shards, directory,
            feeds::offset, time, config.via(), ids, config.getLong(GatewayConfig.DELIVERY_MS)));
        SnapshotterClient reader = closing(new SnapshotterClient(vertx, config.snapshotterUrls(),
            config.getLong(GatewayConfig.READ_WAIT_MS)));
        OrderedLog ordered = new OrderedLog(operationLog, this::orderingFault);
        server = new GatewayServer(vertx, eventLoops(), config,
            new RoomPorts(reader, ordered, time, new FrameEncoder(), workers, metrics), directory, ids);
        feeds.start(server.rooms());
        readiness = new Readiness(server.rooms(), time, ids.get(), shards, config.getLong(GatewayConfig.PROBE_MS));
        patience.attempt("looking at the topics of probes", () -> directory.ensureUnlisted(readiness.workspaces()));
        metrics.follow(server.rooms(), server.sockets(), server.api(), readiness);
        server.listen(this::faults, metrics.registry()::scrape);
        startProbes();
        String scheme = config.getString(GatewayConfig.TLS_KEY_FILE) == null ? "http" : "https";
        log.info("gateway listens on {}://{}:{}", scheme, config.getString(GatewayConfig.HOST), server.port());
    }

    private <T extends AutoCloseable> T closing(T part) {
        parts.add(part);
        return part;
    }

    private void startProbes() {
        vertx.setPeriodic(config.getLong(GatewayConfig.PROBE_MS), tick -> readiness.probe());
        vertx.setPeriodic(1, FIRST_PROBES_MS, tick -> {
            if (faults().isEmpty()) {
                vertx.cancelTimer(tick);
            } else if (feeds.ready()) {
                readiness.probe();
            }
        });
    }

    /** {@return what keeps this gateway from being ready, by part; empty if it is} */
    public Map<String, String> faults() {
        Map<String, String> faults = new TreeMap<>();
        if (closed.get()) {
            faults.put("gateway", "shutting down");
        } else if (readiness == null || !feeds.ready()) {
            faults.put("feeds", "not following yet");
        } else if (!directory.complete()) {
            faults.put("workspaces", "not read yet");
        } else {
            faults.putAll(readiness.faults());
        }
        return faults;
    }

    private Optional<String> orderingFault(String workspace) {
        return readiness == null ? Optional.empty() : readiness.fault(workspace);
    }

    /** {@return whether a submitted edit would be sequenced} */
    public boolean ready() {
        return faults().isEmpty();
    }

    /** {@return the port it listens on; 0 before the start} */
    public int port() {
        return server == null ? 0 : server.port();
    }

    /**
     * Drains and stops: takes no new sockets, waits a bounded time for operations in flight to be answered, tells
     * clients to connect again, then ends everything. Idempotent.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (server != null) {
            server.drain();
        }
        for (int i = parts.size() - 1; i >= 0; i--) {
            closeQuietly(parts.get(i));
        }
        if (server == null) {
            vertx.close();
        } else {
            server.close();
        }
        workers.shutdownNow();
        metrics.close();
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            log.warn("{} did not stop: {}", part.getClass().getSimpleName(), e.getMessage());
        }
    }
}
