package dev.heddle.snapshotter;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.heddle.engine.workspace.Limits;
import dev.heddle.schemas.config.CommonConfig;
import dev.heddle.schemas.config.LimitsConfig;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.services.streams.InstanceName;
import dev.heddle.snapshotter.policy.SnapshotPolicy;
import dev.heddle.snapshotter.policy.TrimPolicy;
import dev.heddle.snapshotter.read.ReadLimits;
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
 * The snapshotter's settings. Immutable. Any other setting, such as {@code security.protocol} or one with the prefix
 * {@code consumer.}, {@code producer.} or {@code admin.}, is handed to Kafka Streams as it is.
 */
public final class SnapshotterConfig extends AbstractConfig {

    /** Name of this instance over all its starts. */
    public static final String INSTANCE = ConsumerConfig.GROUP_INSTANCE_ID_CONFIG;
    /** Operations after which snapshots are written. */
    public static final String SNAPSHOT_OPERATIONS = "heddle.snapshot.operations.max";
    /** Bytes of operations after which snapshots are written. */
    public static final String SNAPSHOT_BYTES = "heddle.snapshot.bytes";
    /** Pause after which snapshots are written. */
    public static final String SNAPSHOT_IDLE_MS = "heddle.snapshot.idle.ms";
    /** Longest wait of a change for its snapshot. */
    public static final String SNAPSHOT_AGE_MS = "heddle.snapshot.age.ms";
    /** Workspaces held in memory. */
    public static final String HOT_WORKSPACES = "heddle.hot.workspaces.max";
    /** Bytes of workspaces held in memory. */
    public static final String HOT_BYTES = "heddle.hot.bytes";
    /** Memory of the stores. */
    public static final String STORE_MEMORY_BYTES = "heddle.store.memory.bytes";
    /** Largest record. */
    public static final String RECORD_BYTES = "heddle.record.max.bytes";
    /** Address of the read API. */
    public static final String HTTP_HOST = "heddle.snapshotter.http.host";
    /** Port of the read API. */
    public static final String HTTP_PORT = "heddle.snapshotter.http.port";
    /** Host by which other instances reach the read API. */
    public static final String ADVERTISED_HOST = "heddle.snapshotter.advertised.host";
    /** Threads of reads. */
    public static final String READ_THREADS = "heddle.read.threads.max";
    /** Reads at a time. */
    public static final String READ_IN_FLIGHT = "heddle.read.inflight.max";
    /** Wait of a read that does not say. */
    public static final String READ_WAIT_MS = "heddle.read.wait.ms";
    /** Longest wait a read may ask for. */
    public static final String READ_WAIT_MAX_MS = "heddle.read.wait.max.ms";
    /** Operations in a page. */
    public static final String PAGE_OPERATIONS = "heddle.read.page.operations.max";
    /** Bytes of operations in a page. */
    public static final String PAGE_BYTES = "heddle.read.page.bytes";
    /** Versions between points kept of a rebuilt history. */
    public static final String MILESTONE_VERSIONS = "heddle.milestone.versions.max";
    /** Points kept of rebuilt histories. */
    public static final String MILESTONES = "heddle.milestones.max";
    /** Bytes of such points on disk. */
    public static final String MILESTONE_DISK_BYTES = "heddle.milestones.disk.bytes";
    /** How long the start waits for brokers and registry. */
    public static final String START_TIMEOUT_MS = "heddle.start.timeout.ms";

    private static final long MEBIBYTE = 1L << 20;

    /**
     * The settings, checked.
     *
     * @param settings by name
     * @throws org.apache.kafka.common.config.ConfigException where one is missing or not allowed; it names the setting
     */
    public SnapshotterConfig(Map<String, ?> settings) {
        super(definition(), settings, false);
    }

    /** {@return what settings there are} */
    public static ConfigDef definition() {
        return LimitsConfig.define(
            defineReads(defineMemory(defineSnapshots(defineStreams(CommonConfig.define(new ConfigDef()))))),
            " As set for the transformers.");
    }

    private static ConfigDef defineStreams(ConfigDef definition) {
        return definition
            .define(StreamsConfig.APPLICATION_ID_CONFIG, Type.STRING, "heddle-snapshotter",
                new ConfigDef.NonEmptyString(), Importance.HIGH,
                "Name of the group of all snapshotters of an installation. A new name starts from what the two topics "
                    + "hold, as an emptied state directory does.")
            .define(StreamsConfig.STATE_DIR_CONFIG, Type.STRING, "heddle-state/snapshotter",
                new ConfigDef.NonEmptyString(), Importance.HIGH,
                "Directory of the stores, this instance's own. Losing it loses nothing: it is filled again from "
                    + "`heddle.canonical` and `heddle.snapshots`.")
            .define(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, Type.STRING, StreamsConfig.AT_LEAST_ONCE,
                ConfigDef.ValidString.in(StreamsConfig.AT_LEAST_ONCE, StreamsConfig.EXACTLY_ONCE_V2),
                Importance.LOW, "Either way every operation counts once; transactions only add delay.")
            .define(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Type.INT, 1, between(1, Shards.MAX), Importance.MEDIUM,
                "Threads that fold operations; more than `heddle.shards` over all instances have nothing to do.")
            .define(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, Type.INT, 0, between(0, 10), Importance.MEDIUM,
                "Further instances that keep each shard's stores up to date, so that they can take over at once.")
            .define(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Type.LONG, 1_000L, atLeast(1), Importance.LOW,
                "Time between commits, in milliseconds: what is read again after a crash.")
            .define(StreamsConfig.POLL_MS_CONFIG, Type.LONG, 50L, atLeast(1), Importance.LOW,
                "Longest sleep of a fold thread while nothing comes, in milliseconds; records end it at once.")
            .define(INSTANCE, Type.STRING, "", InstanceName.form(), Importance.MEDIUM,
                "Name of this instance, the same at each start and no other's: after `kill -9` its shards go on as "
                    + "soon as it is started again, not only when the dead one's session has ended. Empty: drawn once "
                    + "and kept in `state.dir`; set it where that directory does not survive.")
            .define("session.timeout.ms", Type.INT, 6_000, atLeast(1_000), Importance.LOW,
                "How soon a dead instance's shards go to others, in milliseconds; not below the brokers' "
                    + "`group.min.session.timeout.ms`.")
            .define("heartbeat.interval.ms", Type.INT, 1_500, atLeast(100), Importance.LOW,
                "Time between signs of life to the group, in milliseconds; a third of the session timeout or less.")
            .define(START_TIMEOUT_MS, Type.LONG, 120_000L, atLeast(1), Importance.LOW,
                "How long the start waits for brokers and registry, in milliseconds.");
    }

    private static ConfigDef defineSnapshots(ConfigDef definition) {
        String grows = " Grows with the changed texts from 1 MiB on, so that an edit costs about the same in any file.";
        return definition
            .define(SNAPSHOT_OPERATIONS, Type.LONG, 500L, atLeast(1), Importance.MEDIUM,
                "Operations of a workspace after which its changed files are written to `heddle.snapshots`." + grows)
            .define(SNAPSHOT_BYTES, Type.LONG, 256L * 1024, atLeast(1), Importance.MEDIUM,
                "Bytes of operations of a workspace after which its changed files are written." + grows)
            .define(SNAPSHOT_IDLE_MS, Type.LONG, 2_000L, atLeast(0), Importance.MEDIUM,
                "Pause after the last change of a workspace after which its changed files are written, in "
                    + "milliseconds." + grows)
            .define(SNAPSHOT_AGE_MS, Type.LONG, 30_000L, atLeast(0), Importance.LOW,
                "Longest that a change waits to be written while others keep coming, in milliseconds." + grows)
            .define(RECORD_BYTES, Type.INT, Topics.MAX_MESSAGE_BYTES, between(64 * 1024, 1 << 30), Importance.LOW,
                "Largest record written, in bytes. Not above the topics' `max.message.bytes`.");
    }

    private static ConfigDef defineMemory(ConfigDef definition) {
        return definition
            .define(HOT_WORKSPACES, Type.INT, 1_000, atLeast(1), Importance.MEDIUM,
                "Workspaces held in memory; the least recently used goes first.")
            .define(HOT_BYTES, Type.LONG, 256 * MEBIBYTE, atLeast(1), Importance.MEDIUM,
                "About how many bytes the workspaces held in memory take; the least recently used goes first.")
            .define(STORE_MEMORY_BYTES, Type.LONG, 128 * MEBIBYTE, between(8 * MEBIBYTE, 65_536 * MEBIBYTE),
                Importance.MEDIUM, "Memory of all stores of this instance outside the Java heap, in bytes.");
    }

    private static ConfigDef defineReads(ConfigDef definition) {
        return definition
            .define(MILESTONE_VERSIONS, Type.LONG, 10_000L, atLeast(1), Importance.LOW,
                "Versions, at least, between two points kept of a history older than `"
                    + LimitsConfig.HISTORY_VERSIONS + "`, from which a read goes on through the raw log instead of "
                    + "from the beginning. They are kept as history passes; those of large workspaces stand further "
                    + "apart.")
            .define(MILESTONES, Type.INT, 200, atLeast(1), Importance.LOW,
                "Such points kept in memory over all workspaces, and no more than 128 MiB of them; the least recently "
                    + "used goes first.")
            .define(MILESTONE_DISK_BYTES, Type.LONG, 1_024 * MEBIBYTE, atLeast(0), Importance.LOW,
                "Most bytes of such points kept in the folder `milestones` under `" + StreamsConfig.STATE_DIR_CONFIG
                    + "`, so that a restart does not lose them; the least recently used goes first. 0 keeps none.")
            .define(HTTP_HOST, Type.STRING, "127.0.0.1", new ConfigDef.NonEmptyString(), Importance.MEDIUM,
                "Address that reads, health and metrics are served on.")
            .define(HTTP_PORT, Type.INT, 8084, between(0, 65_535), Importance.MEDIUM,
                "Port that reads, health and metrics are served on; 0 takes any free one.")
            .define(ADVERTISED_HOST, Type.STRING, "", Importance.MEDIUM,
                "Host by which other instances reach this one; `" + HTTP_HOST + "` where empty.")
            .define(READ_THREADS, Type.INT, 8, between(1, 1_024), Importance.LOW,
                "Threads that run reads.")
            .define(READ_IN_FLIGHT, Type.INT, 2_000, atLeast(1), Importance.MEDIUM,
                "Reads that wait or run at a time; one more is answered `UNAVAILABLE`.")
            .define(READ_WAIT_MS, Type.LONG, 5_000L, atLeast(0), Importance.LOW,
                "How long a read waits for what it asks for where it does not say, in milliseconds.")
            .define(READ_WAIT_MAX_MS, Type.LONG, 60_000L, atLeast(0), Importance.LOW,
                "Longest wait that a read may ask for, in milliseconds.")
            .define(PAGE_OPERATIONS, Type.INT, 1_000, between(1, 100_000), Importance.LOW,
                "Most operations in one page.")
            .define(PAGE_BYTES, Type.LONG, 4 * MEBIBYTE, atLeast(1), Importance.LOW,
                "About the most bytes of operations in one page; one operation always fits.");
    }

    /** {@return the settings that must be as the transformers have them} */
    static List<String> alike() {
        List<String> names = new ArrayList<>(LimitsConfig.names());
        names.addAll(List.of(CommonConfig.SHARDS, RECORD_BYTES));
        return names;
    }

    /** {@return when snapshots are written} */
    public SnapshotPolicy snapshotPolicy() {
        return new SnapshotPolicy(getLong(SNAPSHOT_OPERATIONS), getLong(SNAPSHOT_BYTES), getLong(SNAPSHOT_IDLE_MS),
            getLong(SNAPSHOT_AGE_MS));
    }

    /** {@return how much history is kept} */
    public TrimPolicy trimPolicy() {
        return new TrimPolicy(getInt(LimitsConfig.HISTORY_VERSIONS));
    }

    /** {@return the limits the transformer decides under} */
    public Limits limits() {
        return LimitsConfig.read(this)
            .build();
    }

    /** {@return bounds of reads} */
    public ReadLimits readLimits() {
        return new ReadLimits(getLong(READ_WAIT_MS), Math.max(getLong(READ_WAIT_MS), getLong(READ_WAIT_MAX_MS)),
            getInt(READ_IN_FLIGHT), getInt(PAGE_OPERATIONS), getLong(PAGE_BYTES));
    }

    /** {@return the host by which other instances reach this one} */
    public String advertisedHost() {
        String host = getString(ADVERTISED_HOST);
        return host.isEmpty() ? getString(HTTP_HOST) : host;
    }

    /** {@return the installation's number of shards} */
    public int shards() {
        return getInt(CommonConfig.SHARDS);
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
