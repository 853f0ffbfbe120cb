package dev.heddle.snapshotter;

import dev.heddle.CanonicalOp;
import dev.heddle.schemas.codec.CanonicalSize;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.serde.RecordLayout;
import dev.heddle.schemas.serde.SchemaRegistration;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.TopicAdmin;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.services.metrics.ServiceInfo;
import dev.heddle.services.runtime.Clocks;
import dev.heddle.services.runtime.Patience;
import dev.heddle.services.streams.DeadMembers;
import dev.heddle.services.streams.FailedThreads;
import dev.heddle.services.streams.RestoreProgress;
import dev.heddle.services.streams.StoreMemory;
import dev.heddle.services.streams.StreamsReadiness;
import dev.heddle.services.streams.StreamsReadings;
import dev.heddle.snapshotter.history.MilestoneCodec;
import dev.heddle.snapshotter.history.MilestoneFiles;
import dev.heddle.snapshotter.history.MilestoneKeeper;
import dev.heddle.snapshotter.history.Rebuilder;
import dev.heddle.snapshotter.metrics.SnapshotterMetrics;
import dev.heddle.snapshotter.processor.Parts;
import dev.heddle.snapshotter.read.ReadServer;
import dev.heddle.snapshotter.runtime.KafkaRawLog;
import dev.heddle.snapshotter.runtime.Positions;
import dev.heddle.snapshotter.runtime.StartOffsets;
import dev.heddle.snapshotter.store.HotWorkspaces;
import dev.heddle.snapshotter.store.LocalShards;
import dev.heddle.snapshotter.store.RecordCodec;
import dev.heddle.snapshotter.store.Shard;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshotter as a service: folds the canonical log, writes snapshots and serves reads. {@link #start} and
 * {@link #close} by one thread, everything else by any.
 */
public final class SnapshotterService implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SnapshotterService.class);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(20);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);
    /** Operations remembered at each point kept of a rebuilt history, for those that follow to stand on. */
    private static final int RECENT_OPERATIONS = 1_000;
    private static final int BACKGROUND_THREADS = 2;

    private final SnapshotterConfig config;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final SnapshotterMetrics metrics = new SnapshotterMetrics(meters);
    private final RestoreProgress restore = new RestoreProgress(meters, "snapshotter");
    private final LocalShards shards;
    private Admin admin;
    private StoreMemory memory;
    private ReadServer server;
    private ExecutorService background;
    private KafkaStreamsMetrics streamsMetrics;
    private MilestoneKeeper keeper;
    private volatile Rebuilder rebuilder;
    private volatile KafkaStreams streams;
    private final StreamsReadiness readiness = new StreamsReadiness(() -> streams, Clocks::nanoTime);
    private final FailedThreads failedThreads = new FailedThreads(meters, "snapshotter");
    private Optional<DeadMembers> deadMembers = Optional.empty();
    private volatile boolean closed;

    /**
     * A service, not yet started.
     *
     * @param settings by name
     * @throws org.apache.kafka.common.config.ConfigException where one is missing or not allowed; it names the setting
     */
    public SnapshotterService(Map<String, String> settings) {
        this.config = new SnapshotterConfig(settings);
        HotWorkspaces hot = new HotWorkspaces(config.getInt(SnapshotterConfig.HOT_WORKSPACES),
            config.getLong(SnapshotterConfig.HOT_BYTES));
        this.shards = new LocalShards(hot, metrics, this::lookUpPosition);
        metrics.gauge("workspaces.hot", "Workspaces held in memory", hot::count);
        metrics.gauge("workspaces.hot.bytes", "About the bytes they take", hot::weightBytes);
        gauges();
        ServiceInfo.register(meters, "snapshotter", config, SnapshotterConfig.alike(), Clocks::nowMs);
        metrics.gauge("shards", "Shards this instance holds", () -> shards.all().size());
        metrics.gauge("reads.waiting", "Reads that wait for the fold",
            () -> shards.all().stream().mapToInt(Shard::waiting).sum());
    }

    private void gauges() {
        StreamsReadings readings = new StreamsReadings(() -> streams);
        for (int shard = 0; shard < config.shards(); shard++) {
            String partition = String.valueOf(shard);
            Gauge.builder("heddle.snapshotter.lag.records", () -> readings.lagRecords(tags ->
                    tags.get("topic").equals(Topics.CANONICAL) && partition.equals(tags.get("partition"))))
                .description("Records of the canonical log that are written and not folded yet")
                .tag("shard", Shards.digits(shard)).strongReference(true).register(meters);
        }
        metrics.gauge("store.bytes", "Size of the stores, on disk and in memory tables", readings::storeBytes);
        metrics.gauge("ready", "1 if reads of all shards given to this instance are answered, else 0",
            () -> ready() ? 1 : 0);
    }

    /**
     * Starts and returns when the threads run; waits for brokers and registry as long as the settings say.
     *
     * @throws org.apache.kafka.common.KafkaException              where brokers or registry do not answer or refuse
     * @throws dev.heddle.schemas.topic.TopicMismatchException where a topic is not as it must be
     * @throws IllegalStateException                               where the port of the read API is taken
     */
    public void start() {
        if (streams != null || closed) {
            throw new IllegalStateException("the snapshotter can be started once");
        }
        try {
            server = ReadServer.start(config.getString(SnapshotterConfig.HTTP_HOST),
                config.getInt(SnapshotterConfig.HTTP_PORT), config.getInt(SnapshotterConfig.READ_THREADS),
                config.readLimits(), new StreamsLocator(shards, config.shards(), () -> streams),
                new ReadServer.Service(() -> !failed(), this::ready, meters::scrape, () -> rebuilder), metrics,
                Clocks::nanoTime);
            admin = Admin.create(StreamsSettings.admin(config));
            Patience patience = new Patience(config.startTimeout());
            prepareTopics(patience);
            SchemaRegistryClient registry = SchemaRegistryClient.create(config.originals());
            registerSchemas(registry, patience);
            rebuilder = rebuilder(registry);
            keeper = new MilestoneKeeper(rebuilder, this::known);
            streams = run(codec(registry));
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private void prepareTopics(Patience patience) {
        TopicAdmin topics = new TopicAdmin(admin, config.replicationFactor(), REQUEST_LIMIT);
        patience.attempt("looking at the topics", () -> topics.ensure(Topics.shared(config.shards())));
        patience.attempt("looking up the group's offsets", () -> {
            offsets().prepare(config.shards());
            return null;
        });
    }

    private StartOffsets offsets() {
        return new StartOffsets(admin, config.getString(StreamsConfig.APPLICATION_ID_CONFIG), REQUEST_LIMIT);
    }

    private static void registerSchemas(SchemaRegistryClient registry, Patience patience) {
        Map<String, Integer> ids = patience.attempt("registering schemas",
            () -> SchemaRegistration.registerAll(registry));
        // Looked up now, so that records written with our own schemas need no registry later.
        ids.values().forEach(registry::schema);
    }

    private Rebuilder rebuilder(SchemaRegistryClient registry) {
        HeddleSerdes serdes = HeddleSerdes.of(registry);
        KafkaRawLog log = new KafkaRawLog(StreamsSettings.rawLogConsumer(config), config.shards(),
            new KafkaRawLog.Readers(registry, serdes.workspace().deserializer()),
            REQUEST_LIMIT);
        Serializer<CanonicalOp> canonicalOps = serdes.canonicalOp().serializer();
        CanonicalSize size = new CanonicalSize(operation -> canonicalOps.serialize(Topics.CANONICAL,
            OperationCodec.canonicalOp(operation)).length, config.getInt(SnapshotterConfig.RECORD_BYTES));
        return new Rebuilder(log, config.limits(), size::exceeded, config.getLong(SnapshotterConfig.MILESTONE_VERSIONS),
            config.getInt(SnapshotterConfig.MILESTONES), RECENT_OPERATIONS, milestoneFiles(registry));
    }

    private static RecordCodec codec(SchemaRegistryClient registry) {
        HeddleSerdes serdes = HeddleSerdes.of(registry);
        return new RecordCodec(serdes.canonicalOp().deserializer(), serdes.snapshot(),
            new RecordLayout(registry, CanonicalOp.getClassSchema()));
    }

    /** The hashes that the canonical log still has of the versions before those it keeps. */
    private Rebuilder.Proof known(String workspace) {
        return (after, upTo) -> {
            Shard shard = shards.find(Shards.of(workspace, config.shards()));
            return shard == null ? Map.of() : shard.stores().hashes(workspace, after, upTo);
        };
    }

    private MilestoneFiles milestoneFiles(SchemaRegistryClient registry) {
        return MilestoneFiles.open(
            Path.of(config.getString(StreamsConfig.STATE_DIR_CONFIG), "milestones"),
            new MilestoneCodec(HeddleSerdes.of(registry).canonicalOp()),
            config.getLong(SnapshotterConfig.MILESTONE_DISK_BYTES));
    }

    private KafkaStreams run(RecordCodec codec) {
        memory = new StoreMemory(config.getLong(SnapshotterConfig.STORE_MEMORY_BYTES));
        background = Executors.newFixedThreadPool(BACKGROUND_THREADS, work -> {
            Thread thread = new Thread(work, "heddle-snapshotter-background");
            thread.setDaemon(true);
            return thread;
        });
        Positions positions = new Positions((partition, offset) -> {
            Shard shard = shards.find(partition);
            if (shard != null) {
                shard.reached(offset);
            }
        });
        Parts parts = new Parts(config.shards(), config.getInt(SnapshotterConfig.RECORD_BYTES), shards, codec,
            config.snapshotPolicy(), config.trimPolicy(), metrics, background, keeper::passed, positions::folded);
        Properties properties = new Properties();
        properties.putAll(StreamsSettings.of(config, memory, positions, config.advertisedHost() + ":" + server.port()));
        deadMembers = DeadMembers.of(config, () -> Admin.create(StreamsSettings.admin(config)));
        deadMembers.ifPresent(members -> {
            properties.put(StreamsConfig.mainConsumerPrefix(SnapshotterConfig.INSTANCE), members.start());
            failedThreads.afterwards(members::look);
        });
        KafkaStreams made = new KafkaStreams(SnapshotterTopology.build(parts), properties);
        made.setGlobalStateRestoreListener(restore);
        made.setStateListener((now, before) -> log.info("snapshotter {} (was {})", now, before));
        made.setUncaughtExceptionHandler(failedThreads);
        streamsMetrics = new KafkaStreamsMetrics(made);
        streamsMetrics.bindTo(meters);
        made.start();
        deadMembers.ifPresent(members -> members.follow(made));
        return made;
    }

    /** What was committed was folded, by whichever instance; so reads that ask for no more need not wait. */
    private void lookUpPosition(Shard shard) {
        TopicPartition partition = new TopicPartition(Topics.CANONICAL, shard.partition());
        offsets().committed().whenComplete((committed, failure) -> {
            OffsetAndMetadata offset = committed == null ? null : committed.get(partition);
            if (offset != null) {
                shard.reached(offset.offset());
            } else if (failure != null) {
                log.warn("the committed offset of {} is not known: {}", partition, failure.getMessage());
            }
        });
    }

    /** {@return whether this instance has its shards and answers reads of all of them: they are restored} */
    public boolean ready() {
        return !closed && readiness.ready();
    }

    /** {@return whether the service has ended for good and the process should} */
    public boolean failed() {
        KafkaStreams running = streams;
        return running != null && !closed && running.state().hasCompletedShutdown();
    }

    /** {@return the port of the read API, once started} */
    public int port() {
        return server.port();
    }

    /** Stops and leaves the group at once, so that others take over without waiting; a second call does nothing. */
    @Override
    public void close() {
        closed = true;
        deadMembers.ifPresent(DeadMembers::close);
        KafkaStreams running = streams;
        boolean stopped = true;
        if (running != null) {
            stopped = running.close(CloseOptions.timeout(CLOSE_LIMIT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
            log.info("snapshotter {}", stopped ? "stopped" : "did not stop within " + CLOSE_LIMIT.toSeconds() + " s");
            streamsMetrics.close();
            streams = null;
        }
        if (background != null) {
            background.shutdownNow();
        }
        if (keeper != null) {
            keeper.close();
        }
        if (memory != null && stopped) {
            memory.close();
            memory = null;
        }
        if (server != null) {
            server.close();
            server = null;
        }
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
            admin = null;
        }
        meters.close();
    }
}
