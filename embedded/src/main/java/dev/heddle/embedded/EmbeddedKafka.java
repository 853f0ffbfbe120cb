package dev.heddle.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker and controller (KRaft) in this JVM, on 127.0.0.1 only.
 *
 * <p>Its data directory is formatted at the first start and taken up again, with the same cluster id, at every
 * later one. All methods are thread-safe. A JVM can run several at once, on different directories.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final String META_PROPERTIES = "meta.properties";
    private static final long CLOSE_DEADLINE_MS = 20_000;

    private final KafkaRaftServer server;
    private final String bootstrapServers;
    private final String clusterId;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers, String clusterId) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
        this.clusterId = clusterId;
    }

    /**
     * {@return a builder of a broker whose data lie in a directory}
     *
     * @param dataDirectory the directory; created where it is missing
     */
    public static Builder builder(Path dataDirectory) {
        return new Builder(dataDirectory);
    }

    /** {@return host and port for clients, {@code 127.0.0.1:port}} */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** {@return the cluster's id, the same after a restart} */
    public String clusterId() {
        return clusterId;
    }

    /** Stops the broker cleanly; gives up waiting after 20 s. Later calls do nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Thread stopper = new Thread(server::shutdown, "embedded-kafka-stop");
        stopper.setDaemon(true);
        stopper.start();
        try {
            stopper.join(CLOSE_DEADLINE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Collects what differs from one broker to the next. Not thread-safe. */
    public static final class Builder {

        private final Path dataDirectory;
        private final Map<String, String> settings = new LinkedHashMap<>();
        private ClusterNode node;
        private int port;

        private Builder(Path dataDirectory) {
            this.dataDirectory = Objects.requireNonNull(dataDirectory, "dataDirectory");
        }

        /**
         * Sets the port for clients; 0, the default, takes a free one.
         *
         * @param value the port
         * @return this builder
         */
        public Builder port(int value) {
            this.port = value;
            return this;
        }

        /**
         * Adds a broker setting or overrides one of the defaults.
         *
         * @param key   a key of Kafka's broker configuration
         * @param value its value
         * @return this builder
         */
        public Builder setting(String key, String value) {
            settings.put(key, value);
            return this;
        }

        /**
         * Makes this broker, which is one of its own by default, a member of a cluster. Replication is then as the
         * cluster's size asks for: three copies, of which two must confirm, where there are three members or more.
         *
         * @param value who it is and who the others are; its port replaces {@link #port(int)}
         * @return this builder
         */
        public Builder node(ClusterNode value) {
            this.node = Objects.requireNonNull(value, "node");
            return this;
        }

        /**
         * Starts the broker and returns once it serves clients; a member of a cluster waits for a majority of it.
         *
         * @return the running broker
         * @throws PortInUseException         when the port is taken
         * @throws UnusableDirectoryException when the data directory cannot be used
         */
        public EmbeddedKafka start() {
            Path directory = Directories.usable(dataDirectory);
            ClusterNode self = node == null
                ? ClusterNode.alone(Ports.resolve(port), Ports.free(), Uuid.randomUuid().toString()) : node;
            Ports.requireFree(self.port());
            KafkaConfig config = new KafkaConfig(properties(directory, self), false);
            String clusterId = formatWhereNeeded(directory, self);
            KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
            try {
                server.startup();
            } catch (RuntimeException e) {
                server.shutdown();
                throw e;
            }
            return new EmbeddedKafka(server, "127.0.0.1:" + self.port(), clusterId);
        }

        private Map<String, String> properties(Path directory, ClusterNode self) {
            Map<String, String> all = new LinkedHashMap<>();
            all.put("process.roles", "broker,controller");
            all.put("node.id", String.valueOf(self.id()));
            all.put("listeners", "PLAINTEXT://127.0.0.1:" + self.port()
                + "," + CONTROLLER_LISTENER + "://127.0.0.1:" + self.controllerPort());
            all.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + self.port());
            all.put("controller.listener.names", CONTROLLER_LISTENER);
            all.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
            // Voters by setting and not in the metadata log, so that the controller's port may change between starts.
            all.put("controller.quorum.voters", self.voters());
            all.put("log.dirs", directory.toString());
            all.put("auto.create.topics.enable", "false");
            all.putAll(smallDefaults());
            all.putAll(replication(self));
            all.putAll(settings);
            return all;
        }

        private static Map<String, String> replication(ClusterNode self) {
            String copies = String.valueOf(self.replicationFactor());
            String confirming = String.valueOf(Math.max(1, self.replicationFactor() - 1));
            Map<String, String> replication = new LinkedHashMap<>();
            replication.put("default.replication.factor", copies);
            replication.put("min.insync.replicas", confirming);
            replication.put("offsets.topic.replication.factor", copies);
            replication.put("transaction.state.log.replication.factor", copies);
            replication.put("transaction.state.log.min.isr", confirming);
            replication.put("share.coordinator.state.topic.replication.factor", copies);
            replication.put("share.coordinator.state.topic.min.isr", confirming);
            return replication;
        }

        /** Few clients: no waiting for group members, small pools and buffers. */
        private static Map<String, String> smallDefaults() {
            Map<String, String> defaults = new LinkedHashMap<>();
            defaults.put("offsets.topic.num.partitions", "4");
            defaults.put("transaction.state.log.num.partitions", "4");
            defaults.put("share.coordinator.state.topic.num.partitions", "1");
            defaults.put("group.initial.rebalance.delay.ms", "0");
            defaults.put("num.network.threads", "2");
            defaults.put("num.io.threads", "4");
            defaults.put("background.threads", "2");
            defaults.put("log.cleaner.dedupe.buffer.size", String.valueOf(16 << 20));
            return defaults;
        }

        private static String formatWhereNeeded(Path directory, ClusterNode self) {
            Path meta = directory.resolve(META_PROPERTIES);
            if (Files.exists(meta)) {
                return clusterId(directory, meta);
            }
            try {
                new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .setNodeId(self.id())
                    .setClusterId(self.clusterId())
                    .setControllerListenerName(CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(directory.toString())
                    .addDirectory(directory.toString())
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    // A first start that was killed halfway is simply done again.
                    .setIgnoreFormatted(true)
                    .run();
                return self.clusterId();
            } catch (Exception e) {
                throw new UnusableDirectoryException(directory, "cannot be formatted: " + e.getMessage(), e);
            }
        }

        private static String clusterId(Path directory, Path meta) {
            Properties properties = new Properties();
            try (InputStream in = Files.newInputStream(meta)) {
                properties.load(in);
            } catch (IOException | IllegalArgumentException e) {
                throw new UnusableDirectoryException(directory, "has an unreadable " + META_PROPERTIES, e);
            }
            String clusterId = properties.getProperty("cluster.id");
            if (clusterId == null) {
                throw new UnusableDirectoryException(directory, "has no cluster.id in " + META_PROPERTIES, null);
            }
            return clusterId;
        }
    }
}
