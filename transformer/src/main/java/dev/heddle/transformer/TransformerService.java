package dev.heddle.transformer;

import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.serde.SchemaRegistration;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.TopicAdmin;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.services.metrics.ServiceInfo;
import dev.heddle.services.runtime.Clocks;
import dev.heddle.services.runtime.Patience;
import dev.heddle.services.runtime.RepeatedTask;
import dev.heddle.services.streams.DeadMembers;
import dev.heddle.services.streams.FailedThreads;
import dev.heddle.services.streams.RestoreProgress;
import dev.heddle.services.streams.StoreMemory;
import dev.heddle.services.streams.StreamsReadiness;
import dev.heddle.services.streams.StreamsReadings;
import dev.heddle.transformer.processor.Commits;
import dev.heddle.transformer.processor.Records;
import dev.heddle.transformer.runtime.HealthServer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transformer as a service: reads raw logs, orders them and writes canonical ones. {@link #start} and
 * {@link #close} by one thread, everything else by any.
 */
public final class TransformerService implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TransformerService.class);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(20);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);
    private static final Duration START_CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final Duration STANDBY_LOOK = Duration.ofMillis(200);

    private final TransformerConfig config;
    private final PrometheusMeterRegistry meters = registry();
    private final RestoreProgress restore = new RestoreProgress(meters, "transformer");
    private final CommittedOffsets commits = new CommittedOffsets();
    private StoreMemory memory;
    private HealthServer health;
    private volatile KafkaStreams streams;
    private final StreamsReadiness readiness = new StreamsReadiness(() -> streams, Clocks::nanoTime);
    private final FailedThreads failedThreads = new FailedThreads(meters, "transformer");
    private RepeatedTask standbyTopics;
    private Optional<DeadMembers> deadMembers = Optional.empty();
    private KafkaStreamsMetrics streamsMetrics;
    private volatile boolean closed;

    /**
     * A service, not yet started.
     *
     * @param settings by name
     * @throws org.apache.kafka.common.config.ConfigException where one is missing or not allowed; it names the setting
     */
    public TransformerService(Map<String, String> settings) {
        this.config = new TransformerConfig(settings);
        gauges();
        ServiceInfo.register(meters, "transformer", config, TransformerConfig.alike(), Clocks::nowMs);
    }

    private static PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry made = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        // One consumer may read thousands of raw logs: what it tells of each is summed up per shard instead.
        made.config().meterFilter(MeterFilter.deny(id -> {
            String topic = id.getTag("topic");
            return topic != null && (topic.startsWith("heddle.ops.") || topic.startsWith("heddle_ops_"));
        }));
        return made;
    }

    private void gauges() {
        StreamsReadings readings = new StreamsReadings(() -> streams);
        for (int shard = 0; shard < config.shards(); shard++) {
            String shared = "heddle.ops." + Shards.digits(shard);
            Gauge.builder("heddle.transformer.lag.records", () -> readings.lagRecords(tags ->
                    tags.get("topic").equals(shared) || tags.get("topic").startsWith(shared + ".")))
                .description("Records of raw logs that are written and not ordered yet").tag("shard",
                    Shards.digits(shard)).strongReference(true).register(meters);
        }
        Gauge.builder("heddle.transformer.store.bytes", readings::storeBytes).strongReference(true)
            .description("Size of the stores of decisions, on disk and in memory tables").register(meters);
        Gauge.builder("heddle.transformer.ready", () -> ready() ? 1 : 0).strongReference(true)
            .description("1 if all shards given to this instance are restored and ordered, else 0").register(meters);
    }

    /**
     * Starts and returns when the threads run; waits for brokers and registry as long as the settings say.
     *
     * @throws org.apache.kafka.common.KafkaException              where brokers or registry do not answer or refuse
     * @throws dev.heddle.schemas.topic.TopicMismatchException where a topic is not as it must be
     * @throws java.io.UncheckedIOException                        where the port of health and metrics is taken
     */
    public void start() {
        if (streams != null || closed) {
            throw new IllegalStateException("the transformer can be started once");
        }
        try {
            health = new HealthServer(config.getString(TransformerConfig.HTTP_HOST),
                config.getInt(TransformerConfig.HTTP_PORT), this::live, this::readiness, meters::scrape);
            Patience patience = new Patience(config.startTimeout());
            createTopics(patience);
            SchemaRegistryClient registry = SchemaRegistryClient.create(config.originals());
            registerSchemas(registry, patience);
            memory = new StoreMemory(config.getLong(TransformerConfig.STORE_MEMORY_BYTES));
            Topology topology = TransformerTopology.build(config.sequencer(),
                new Records(HeddleSerdes.of(registry), config.via()),
                config.transactions() ? Commits.WITH_THE_STORE : commits,
                new KafkaRawLogs(StreamsSettings.rawLogConsumer(config)), meters, Clocks::nanoTime);
            streams = run(topology);
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private void createTopics(Patience patience) {
        try (Admin admin = Admin.create(StreamsSettings.admin(config))) {
            TopicAdmin topics = new TopicAdmin(admin, config.replicationFactor(), REQUEST_LIMIT);
            Set<String> created = patience.attempt("looking at the topics",
                () -> topics.ensure(Topics.shared(config.shards())));
            if (!created.isEmpty()) {
                log.info("created topics {}", created);
            }
        }
    }

    private static void registerSchemas(SchemaRegistryClient registry, Patience patience) {
        Map<String, Integer> ids = patience.attempt("registering schemas",
            () -> SchemaRegistration.registerAll(registry));
        // Looked up now, so that operations written with our own schemas need no registry later.
        ids.values().forEach(registry::schema);
        log.info("schemas {}", ids);
    }

    private KafkaStreams run(Topology topology) {
        Properties properties = new Properties();
        properties.putAll(StreamsSettings.of(config, memory, commits));
        deadMembers = DeadMembers.of(config, () -> Admin.create(StreamsSettings.admin(config)));
        deadMembers.ifPresent(members -> {
            properties.put(StreamsConfig.mainConsumerPrefix(TransformerConfig.INSTANCE), members.start());
            failedThreads.afterwards(members::look);
        });
        StandbyTopics.Streams made = new StandbyTopics.Streams(topology, properties);
        made.setGlobalStateRestoreListener(restore);
        made.setStateListener((now, before) -> log.info("transformer {} (was {})", now, before));
        made.setUncaughtExceptionHandler(failedThreads);
        streamsMetrics = new KafkaStreamsMetrics(made);
        streamsMetrics.bindTo(meters);
        try {
            made.start();
        } catch (RuntimeException failure) {
            // Stores that were opened before the one that failed are given back before their memory is.
            made.close(START_CLOSE_LIMIT);
            throw failure;
        }
        deadMembers.ifPresent(members -> members.follow(made));
        if (config.standbys()) {
            StandbyTopics topics = new StandbyTopics();
            standbyTopics = new RepeatedTask("transformer-standby-topics", STANDBY_LOOK, () -> topics.refresh(made));
        }
        return made;
    }

    /** {@return whether a submitted edit would be ordered now: this instance has its shards, and they are restored} */
    public boolean ready() {
        return readiness.ready();
    }

    /** {@return whether the service has ended for good and the process should} */
    public boolean failed() {
        KafkaStreams running = streams;
        return running != null && !closed && running.state().hasCompletedShutdown();
    }

    /** {@return how many threads failed and were replaced since the start} */
    long threadsReplaced() {
        return failedThreads.replaced();
    }

    /** {@return the port of health and metrics, once started} */
    public int port() {
        return health.port();
    }

    private HealthServer.Health live() {
        return new HealthServer.Health(!failed(), "{\"live\":" + !failed() + "}");
    }

    private HealthServer.Health readiness() {
        KafkaStreams running = streams;
        String state = running == null ? "STARTING" : running.state().name();
        boolean isReady = ready();
        return new HealthServer.Health(isReady, "{\"ready\":" + isReady + ",\"state\":\"" + state
            + "\",\"restoring\":" + restore.recordsLeft() + "}");
    }

    /** Stops and leaves the group at once, so that others take over without waiting; a second call does nothing. */
    @Override
    public void close() {
        closed = true;
        if (standbyTopics != null) {
            standbyTopics.close();
        }
        deadMembers.ifPresent(DeadMembers::close);
        if (streams != null) {
            boolean stopped = streams.close(CloseOptions.timeout(CLOSE_LIMIT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
            log.info("transformer {}", stopped ? "stopped" : "did not stop within " + CLOSE_LIMIT.toSeconds() + " s");
            streamsMetrics.close();
            streams = stopped ? null : streams;
        }
        if (memory != null && streams == null) {
            memory.close();
            memory = null;
        }
        if (health != null) {
            health.close();
            health = null;
        }
        meters.close();
    }
}
