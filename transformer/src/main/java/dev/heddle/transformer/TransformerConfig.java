package dev.heddle.transformer;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.heddle.engine.workspace.Limits;
import dev.heddle.schemas.codec.Via;
import dev.heddle.schemas.config.CommonConfig;
import dev.heddle.schemas.config.LimitsConfig;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.services.streams.InstanceName;
import dev.heddle.transformer.processor.SequencerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The transformer's settings. Immutable. Any other setting, such as {@code security.protocol} or one with the prefix
 * {@code consumer.}, {@code producer.} or {@code admin.}, is handed to Kafka Streams as it is.
 */
public final class TransformerConfig extends AbstractConfig {

    /** Decisions between two checkpoints of a workspace. */
    public static final String CHECKPOINT_DECISIONS = "heddle.checkpoint.decisions.max";
    /** Versions held in memory for each workspace in use. */
    public static final String HISTORY_HOT_VERSIONS = "heddle.history.hot.versions.max";
    /** Workspaces held in memory. */
    public static final String HOT_WORKSPACES = "heddle.hot.workspaces.max";
    /** Text held in memory. */
    public static final String HOT_TEXT_BYTES = "heddle.hot.text.bytes";
    /** Memory of the stores. */
    public static final String STORE_MEMORY_BYTES = "heddle.store.memory.bytes";
    /** Largest record. */
    public static final String RECORD_BYTES = "heddle.record.max.bytes";
    /** Address of health and metrics. */
    public static final String HTTP_HOST = "heddle.transformer.http.host";
    /** Port of health and metrics. */
    public static final String HTTP_PORT = "heddle.transformer.http.port";
    /** Name of this instance over all its starts. */
    public static final String INSTANCE = ConsumerConfig.GROUP_INSTANCE_ID_CONFIG;
    /** How long the start waits for brokers and registry. */
    public static final String START_TIMEOUT_MS = "heddle.start.timeout.ms";

    private static final int GIBIBYTE = 1 << 30;

    /**
     * The settings, checked.
     *
     * @param settings by name
     * @throws org.apache.kafka.common.config.ConfigException where one is missing or not allowed; it names the setting
     */
    public TransformerConfig(Map<String, ?> settings) {
        super(definition(), settings, false);
    }

    /** {@return what settings there are} */
    public static ConfigDef definition() {
        return defineMemory(LimitsConfig.define(defineLog(defineStreams(CommonConfig.define(new ConfigDef()))),
            " The same for all transformers."));
    }

    private static ConfigDef defineStreams(ConfigDef definition) {
        return definition
            .define(StreamsConfig.APPLICATION_ID_CONFIG, Type.STRING, "heddle-transformer",
                new ConfigDef.NonEmptyString(), Importance.HIGH,
                "Name of the group of all transformers of an installation; also begins the names of its changelogs.")
            .define(StreamsConfig.STATE_DIR_CONFIG, Type.STRING, "heddle-state/transformer",
                new ConfigDef.NonEmptyString(), Importance.HIGH,
                "Directory of the stores, this instance's own. Losing it loses nothing: it is filled again from the "
                    + "changelogs.")
            .define(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, Type.STRING, StreamsConfig.AT_LEAST_ONCE,
                ConfigDef.ValidString.in(StreamsConfig.AT_LEAST_ONCE, StreamsConfig.EXACTLY_ONCE_V2),
                Importance.MEDIUM, "Either way every operation counts once: what is done twice comes out the same. "
                    + "Transactions (`exactly_once_v2`) only keep repeats out of the topics, at ten times the delay.")
            .define(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Type.INT, 1, between(1, Shards.MAX), Importance.MEDIUM,
                "Threads that order operations; more than `heddle.shards` over all instances have nothing to do.")
            .define(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, Type.INT, 0, between(0, 10), Importance.MEDIUM,
                "Further instances that keep each shard's store up to date, so that they can take over at once.")
            .define(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Type.LONG, 1_000L, atLeast(1), Importance.LOW,
                "Time between commits, in milliseconds. What was read since the last one is answered once more after a "
                    + "crash; each commit waits for the brokers, which others feel as delay when it is done often.")
            .define(StreamsConfig.METADATA_MAX_AGE_CONFIG, Type.LONG, 500L, atLeast(50), Importance.LOW,
                "How soon a new workspace's topic is seen, in milliseconds.")
            .define(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, Type.INT, 50, between(5, 60_000), Importance.LOW,
                "How long a broker holds back the answer when there is nothing to read, in milliseconds. Whatever else "
                    + "is asked of it waits behind, and three such questions pass until a new workspace is read; a "
                    + "smaller number costs processor time while nobody types.")
            .define(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, Type.LONG, -1L, atLeast(-1), Importance.LOW,
                "Workspaces have no order among one another, so nothing is gained by waiting for the others' records; "
                    + "-1 also spares a look at every idle workspace for each record.")
            .define("session.timeout.ms", Type.INT, 6_000, atLeast(1_000), Importance.LOW,
                "How soon a dead instance's shards go to others, in milliseconds; not below the brokers' "
                    + "`group.min.session.timeout.ms`.")
            .define("heartbeat.interval.ms", Type.INT, 1_500, atLeast(100), Importance.LOW,
                "Time between signs of life to the group, in milliseconds; a third of the session timeout or less.")
            .define(INSTANCE, Type.STRING, "", InstanceName.form(), Importance.MEDIUM,
                "Name of this instance, the same at each start and no other's: after `kill -9` its shards go on as "
                    + "soon as it is started again, not only when the dead one's session has ended. Empty: drawn once "
                    + "and kept in `state.dir`; set it where that directory does not survive.")
            .define(START_TIMEOUT_MS, Type.LONG, 120_000L, atLeast(1), Importance.LOW,
                "How long the start waits for brokers and registry, in milliseconds.")
            .define(HTTP_HOST, Type.STRING, "127.0.0.1", new ConfigDef.NonEmptyString(), Importance.MEDIUM,
                "Address that health and metrics are served on.")
            .define(HTTP_PORT, Type.INT, 8083, between(0, 65_535), Importance.MEDIUM,
                "Port that health and metrics are served on; 0 takes any free one.");
    }

    private static ConfigDef defineLog(ConfigDef definition) {
        return definition
            .define(CHECKPOINT_DECISIONS, Type.INT, 1_000, between(1, 1_000_000), Importance.LOW,
                "Decisions of a workspace between two checkpoints: the most gone through again when a "
                    + "workspace is brought into memory. The same for all transformers.")
            .define(HISTORY_HOT_VERSIONS, Type.INT, Limits.DEFAULT.historyVersionsHot(), between(1, 1 << 24),
                Importance.LOW, "Versions of each workspace in use held in memory; older ones are in the store.");
    }

    private static ConfigDef defineMemory(ConfigDef definition) {
        return definition
            .define(HOT_WORKSPACES, Type.INT, 200, atLeast(1), Importance.MEDIUM,
                "Workspaces of each shard held in memory; the least recently used goes first.")
            .define(HOT_TEXT_BYTES, Type.LONG, 128L * 1024 * 1024, atLeast(1), Importance.MEDIUM,
                "Text of each shard held in memory, in UTF-8 bytes; the least recently used workspace goes first.")
            .define(STORE_MEMORY_BYTES, Type.LONG, 128L * 1024 * 1024, between(8L * 1024 * 1024, 64L * GIBIBYTE),
                Importance.MEDIUM, "Memory of all stores of this instance outside the Java heap, in bytes.")
            .define(RECORD_BYTES, Type.INT, Topics.MAX_MESSAGE_BYTES, between(64 * 1024, GIBIBYTE), Importance.LOW,
                "Largest record written, in bytes; an operation that comes to more is refused as `TOO_LARGE`. Not "
                    + "above the topics' `max.message.bytes`. The same for all transformers.");
    }

    /** {@return the settings that transformers, and who replays raw logs, must agree on} */
    static List<String> alike() {
        List<String> names = new ArrayList<>(LimitsConfig.names());
        names.addAll(List.of(CommonConfig.SHARDS, LimitsConfig.HISTORY_VERSIONS, RECORD_BYTES));
        return names;
    }

    /** {@return what the engine refuses} */
    public Limits limits() {
        return LimitsConfig.read(this)
            .historyVersionsHot(getInt(HISTORY_HOT_VERSIONS))
            .build();
    }

    /** {@return whether store, answers and offsets are written in one transaction} */
    public boolean transactions() {
        return StreamsConfig.EXACTLY_ONCE_V2.equals(getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
    }

    /** {@return whether other instances keep copies of each shard's store} */
    public boolean standbys() {
        return getInt(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG) > 0;
    }

    /** {@return what ordering depends on} */
    public SequencerSettings sequencer() {
        return new SequencerSettings(shards(), limits(), getInt(CHECKPOINT_DECISIONS),
            getInt(LimitsConfig.HISTORY_VERSIONS),
            getInt(RECORD_BYTES), !transactions(), getInt(HOT_WORKSPACES), getLong(HOT_TEXT_BYTES));
    }

    /** {@return the installation's number of shards} */
    public int shards() {
        return getInt(CommonConfig.SHARDS);
    }

    /** {@return what tells operations that gateways wrote} */
    public Via via() {
        return Via.ofFile(CommonConfig.SIGNING_KEY_FILE, getString(CommonConfig.SIGNING_KEY_FILE));
    }

    /** {@return replicas of topics created here, -1 for the brokers' default} */
    public short replicationFactor() {
        return getShort(CommonConfig.REPLICATION_FACTOR);
    }

    /** {@return how long the start waits for brokers and registry} */
    public Duration startTimeout() {
        return Duration.ofMillis(getLong(START_TIMEOUT_MS));
    }
}
