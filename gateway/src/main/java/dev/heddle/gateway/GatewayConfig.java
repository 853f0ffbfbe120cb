package dev.heddle.gateway;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.heddle.gateway.room.RoomLimits;
import dev.heddle.gateway.ws.SocketSettings;
import dev.heddle.schemas.codec.Via;
import dev.heddle.schemas.config.CommonConfig;
import dev.heddle.schemas.config.KafkaClientSettings;
import dev.heddle.schemas.topic.PlaceKind;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The settings of the gateway: their names, rules and defaults in one place, checked as a whole at start. */
public final class GatewayConfig extends AbstractConfig {

    /** Beginning of the names that only the gateway has. */
    public static final String PREFIX = "heddle.gateway.";

    /** Where new workspaces' raw logs are. */
    public static final String PLACE = "heddle.workspace.place";

    /** Address to listen on. */
    public static final String HOST = PREFIX + "host";
    /** Port to listen on. */
    public static final String PORT = PREFIX + "port";
    /** File of the certificate. */
    public static final String TLS_CERTIFICATE_FILE = PREFIX + "tls.certificate.file";
    /** File of the certificate's key. */
    public static final String TLS_KEY_FILE = PREFIX + "tls.key.file";
    /** Event loops. */
    public static final String EVENT_LOOPS = PREFIX + "event.loops.max";
    /** Addresses of snapshotters. */
    public static final String SNAPSHOTTER_URLS = PREFIX + "snapshotter.urls";
    /** How long a read may wait to be new enough. */
    public static final String READ_WAIT_MS = PREFIX + "read.wait.ms";
    /** How long an answer may take. */
    public static final String DEADLINE_MS = PREFIX + "deadline.ms";
    /** How long the log may take to confirm an operation. */
    public static final String DELIVERY_MS = PREFIX + "delivery.timeout.ms";
    /** Workspaces there may be. */
    public static final String WORKSPACES_MAX = PREFIX + "workspaces.max";
    /** Sockets per gateway. */
    public static final String SOCKETS_MAX = PREFIX + "sockets.max";
    /** Sockets per workspace. */
    public static final String WORKSPACE_SOCKETS_MAX = PREFIX + "workspace.sockets.max";
    /** Bytes per message of a client. */
    public static final String MESSAGE_BYTES = PREFIX + "message.max.bytes";
    /** Bytes per text of a PUT. */
    public static final String TEXT_BYTES = PREFIX + "text.max.bytes";
    /** Unanswered operations per session. */
    public static final String IN_FLIGHT_MAX = PREFIX + "session.in.flight.max";
    /** Operations per second per session. */
    public static final String RATE_MAX = PREFIX + "session.operations.per.second.max";
    /** Operations at once per session. */
    public static final String BURST_MAX = PREFIX + "session.operations.burst.max";
    /** Messages under way per socket before no more is read from it. */
    public static final String UNDER_WAY_MAX = PREFIX + "socket.under.way.max";
    /** Unanswered opens per socket. */
    public static final String OPENS_MAX = PREFIX + "socket.opens.max";
    /** Messages waiting per socket. */
    public static final String QUEUE_MESSAGES_MAX = PREFIX + "socket.queue.messages.max";
    /** Bytes waiting per socket. */
    public static final String QUEUE_BYTES = PREFIX + "socket.queue.max.bytes";
    /** Time between pings. */
    public static final String PING_MS = PREFIX + "ping.interval.ms";
    /** Time without any frame. */
    public static final String SILENCE_MS = PREFIX + "silence.max.ms";
    /** Time until hello. */
    public static final String HELLO_MS = PREFIX + "hello.timeout.ms";
    /** Recent operations kept per workspace in use. */
    public static final String RING_OPERATIONS_MAX = PREFIX + "recent.operations.max";
    /** Bytes of recent operations kept per workspace in use. */
    public static final String RING_BYTES = PREFIX + "recent.max.bytes";
    /** Operations per page of history. */
    public static final String PAGE_MAX = PREFIX + "history.page.operations.max";
    /** Time between presence updates. */
    public static final String PRESENCE_TICK_MS = PREFIX + "presence.tick.ms";
    /** Time a silent session of another gateway is shown. */
    public static final String PRESENCE_TTL_MS = PREFIX + "presence.ttl.ms";
    /** Time an unused workspace is kept in memory. */
    public static final String ROOM_IDLE_MS = PREFIX + "workspace.idle.ms";
    /** Time between probes. */
    public static final String PROBE_MS = PREFIX + "probe.interval.ms";
    /** Time the start waits for brokers and registry; the other services have it too. */
    public static final String START_MS = "heddle.start.timeout.ms";
    /** Time a shutdown waits for answers. */
    public static final String DRAIN_MS = PREFIX + "drain.timeout.ms";

    private static final int MIB = 1024 * 1024;

    /**
     * Settings of one gateway.
     *
     * @param settings the settings by name
     * @throws org.apache.kafka.common.config.ConfigException where one is missing or not allowed; it names the setting
     */
    public GatewayConfig(Map<String, String> settings) {
        super(definition(), settings, Map.of(), false);
    }

    /** {@return every setting the gateway knows} */
    public static ConfigDef definition() {
        ConfigDef definition = CommonConfig.define(new ConfigDef());
        places(definition);
        AccessConfig.define(definition);
        workspaces(definition);
        deadlines(definition);
        limits(definition);
        memory(definition);
        return definition;
    }

    private static void places(ConfigDef definition) {
        definition
            .define(HOST, Type.STRING, "127.0.0.1", new ConfigDef.NonEmptyString(), Importance.HIGH,
                "Address to listen on; `0.0.0.0` for every interface.")
            .define(PORT, Type.INT, 8080, between(0, 65_535), Importance.HIGH,
                "Port to listen on; 0 takes a free one.")
            .define(TLS_CERTIFICATE_FILE, Type.STRING, null, Importance.MEDIUM,
                "File of the certificate chain in PEM; with it and its key the gateway speaks HTTPS and WSS, and no "
                    + "plain HTTP. Read again when it changes.")
            .define(TLS_KEY_FILE, Type.STRING, null, Importance.MEDIUM,
                "File of the certificate's private key in PEM (PKCS #8).")
            .define(EVENT_LOOPS, Type.INT, 0, between(0, 256), Importance.LOW,
                "Event loops that serve sockets and workspaces; 0 is one per processor.")
            .define(SNAPSHOTTER_URLS, Type.LIST, ConfigDef.NO_DEFAULT_VALUE,
                ConfigDef.ValidList.anyNonDuplicateValues(false, false), Importance.HIGH,
                "Addresses of snapshotters' read API, `http://host:port`, separated by commas; each is tried in turn.");
    }

    private static void workspaces(ConfigDef definition) {
        definition
            .define(PLACE, Type.STRING, PlaceKind.OWN.text(),
                ConfigDef.ValidString.in(PlaceKind.OWN.text(), PlaceKind.SHARED.text()), Importance.MEDIUM,
                "Where the raw log of a new workspace is, unless its creator says otherwise: `own`, a topic for each, "
                    + "or `shared`, one topic for all of a shard. Own topics cost more the more there are; see "
                    + "docs/guides/growing.md. The same for all gateways.");
    }

    /** {@return where a new workspace's raw log is unless its creator says otherwise} */
    public PlaceKind place() {
        return PlaceKind.parse(getString(PLACE));
    }

    private static void deadlines(ConfigDef definition) {
        definition
            .define(READ_WAIT_MS, Type.LONG, 5_000L, between(1, 60_000), Importance.MEDIUM,
                "How long a read waits for the snapshotter to be as new as it must be, in milliseconds.")
            .define(DEADLINE_MS, Type.LONG, 10_000L, between(1, 120_000), Importance.MEDIUM,
                "How long a join, an open or the answer to a written operation may take, in milliseconds.")
            .define(DELIVERY_MS, Type.LONG, 8_000L, between(100, 120_000), Importance.MEDIUM,
                "How long the log may take to confirm an operation before its author is told `UNAVAILABLE`, "
                    + "in milliseconds.")
            .define(PING_MS, Type.LONG, 10_000L, between(10, 600_000), Importance.LOW,
                "Time between pings to a client, in milliseconds.")
            .define(SILENCE_MS, Type.LONG, 30_000L, between(10, 3_600_000), Importance.LOW,
                "A client that sent no frame of any kind for this long is closed with 4508, in milliseconds.")
            .define(HELLO_MS, Type.LONG, 10_000L, between(10, 600_000), Importance.LOW,
                "How long a client may take to say hello, in milliseconds.")
            .define(PROBE_MS, Type.LONG, 10_000L, between(100, 600_000), Importance.LOW,
                "Time between probes of each shard, in milliseconds; readiness ends when none got through for three.")
            .define(START_MS, Type.LONG, 120_000L, atLeast(1), Importance.LOW,
                "How long the start waits for brokers and registry, in milliseconds.")
            .define(DRAIN_MS, Type.LONG, 5_000L, between(0, 120_000), Importance.LOW,
                "How long a shutdown waits for operations in flight to be answered, in milliseconds.");
    }

    private static void limits(ConfigDef definition) {
        definition
            .define(WORKSPACES_MAX, Type.INT, 10_000, atLeast(1), Importance.MEDIUM,
                "Workspaces there may be before creating another is refused.")
            .define(SOCKETS_MAX, Type.INT, 10_000, atLeast(1), Importance.MEDIUM,
                "Sockets this gateway takes; as many followers by server-sent events besides.")
            .define(WORKSPACE_SOCKETS_MAX, Type.INT, 1_000, atLeast(1), Importance.MEDIUM,
                "Sockets and followers per workspace on this gateway.")
            .define(MESSAGE_BYTES, Type.INT, 8 * MIB, between(1_024, 32 * MIB), Importance.MEDIUM,
                "Largest message of a client, and largest JSON body, in bytes of UTF-8.")
            .define(TEXT_BYTES, Type.INT, 16 * MIB, between(1_024, 64 * MIB), Importance.MEDIUM,
                "Largest text a PUT may bring, in bytes of UTF-8.")
            .define(IN_FLIGHT_MAX, Type.INT, 1_000, atLeast(1), Importance.MEDIUM,
                "Operations of one session that may be unanswered at once.")
            .define(RATE_MAX, Type.LONG, 2_000L, atLeast(1), Importance.MEDIUM,
                "Operations per second of one session; above it they are refused with when to try again.")
            .define(BURST_MAX, Type.LONG, 4_000L, atLeast(1), Importance.LOW,
                "Operations one session may send at once before its rate counts.")
            .define(UNDER_WAY_MAX, Type.INT, 4, atLeast(1), Importance.MEDIUM,
                "Operations of one socket that may be unanswered, and messages not looked at, before no more is read "
                    + "from it; what its client sends then waits on the wire. A client alone writes this many "
                    + "operations in the time one is answered in; the higher, the longer others wait behind them.")
            .define(OPENS_MAX, Type.INT, 64, atLeast(1), Importance.LOW,
                "Opens of one socket that may be unanswered at once.")
            .define(QUEUE_MESSAGES_MAX, Type.INT, 10_000, atLeast(1), Importance.MEDIUM,
                "Messages that may wait for a slow client before it is closed with 4509.")
            .define(QUEUE_BYTES, Type.LONG, 8L * MIB, atLeast(1_024), Importance.MEDIUM,
                "Bytes that may wait for a slow client before it is closed with 4509.");
    }

    private static void memory(ConfigDef definition) {
        definition
            .define(RING_OPERATIONS_MAX, Type.INT, 10_000, atLeast(1), Importance.LOW,
                "Recent operations kept per workspace in use, for clients that resume.")
            .define(RING_BYTES, Type.LONG, 16L * MIB, atLeast(1_024), Importance.LOW,
                "Bytes of recent operations kept per workspace in use.")
            .define(PAGE_MAX, Type.INT, 500, between(1, 10_000), Importance.LOW,
                "Operations fetched at once for a client that resumes from far back.")
            .define(PRESENCE_TICK_MS, Type.LONG, 40L, between(1, 10_000), Importance.LOW,
                "Time over which presence of one session is merged into its latest, in milliseconds.")
            .define(PRESENCE_TTL_MS, Type.LONG, 30_000L, between(100, 3_600_000), Importance.LOW,
                "How long a session of another gateway is shown without a sign of life, in milliseconds.")
            .define(ROOM_IDLE_MS, Type.LONG, 300_000L, between(100, 86_400_000), Importance.LOW,
                "How long a workspace that nobody uses is kept in memory, in milliseconds.");
    }

    /** {@return who may come in, as set} */
    AccessConfig access() {
        return new AccessConfig(this);
    }

    /** {@return what says that this gateway wrote an operation} */
    Via via() {
        return Via.ofFile(CommonConfig.SIGNING_KEY_FILE, getString(CommonConfig.SIGNING_KEY_FILE));
    }

    /** {@return what bounds a room} */
    public RoomLimits roomLimits() {
        return new RoomLimits(getInt(WORKSPACE_SOCKETS_MAX), getInt(IN_FLIGHT_MAX), getLong(RATE_MAX),
            getLong(BURST_MAX), getInt(OPENS_MAX), getInt(RING_OPERATIONS_MAX), getLong(RING_BYTES),
            getInt(PAGE_MAX), getLong(DEADLINE_MS), getLong(PRESENCE_TICK_MS), getLong(PRESENCE_TTL_MS),
            getInt(MESSAGE_BYTES));
    }

    /** {@return what bounds sockets} */
    public SocketSettings socketSettings() {
        return new SocketSettings(getInt(SOCKETS_MAX), getInt(QUEUE_MESSAGES_MAX), getLong(QUEUE_BYTES),
            getLong(PING_MS), getLong(SILENCE_MS), getLong(HELLO_MS), getInt(MESSAGE_BYTES), getInt(UNDER_WAY_MAX));
    }

    /** {@return settings of the producers} */
    public Map<String, Object> producerSettings() {
        return KafkaClientSettings.producer(originals());
    }

    /** {@return settings of the consumers} */
    public Map<String, Object> consumerSettings() {
        return KafkaClientSettings.consumer(originals());
    }

    /** {@return settings of the admin clients} */
    public Map<String, Object> adminSettings() {
        return KafkaClientSettings.admin(originals());
    }

    /** {@return addresses of snapshotters, without a slash at the end} */
    public List<String> snapshotterUrls() {
        return getList(SNAPSHOTTER_URLS).stream().map(url -> url.replaceAll("/+$", "")).toList();
    }
}
