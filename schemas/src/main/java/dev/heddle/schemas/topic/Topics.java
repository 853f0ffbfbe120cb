package dev.heddle.schemas.topic;

import dev.heddle.schemas.topic.TopicSetting.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The catalogue: every topic of an installation, in one place. */
public final class Topics {

    /** Accepted operations, compacted, keyed by version; one partition per shard. */
    public static final String CANONICAL = "heddle.canonical";
    /** Refused operations; one partition per shard. */
    public static final String REJECTIONS = "heddle.rejections";
    /** Files as of a version, compacted; one partition per shard. */
    public static final String SNAPSHOTS = "heddle.snapshots";
    /** Records that could not be read, as raw bytes. */
    public static final String DEAD_LETTERS = "heddle.dead-letters";
    /** Where sessions are; one partition per shard. */
    public static final String PRESENCE = "heddle.presence";
    /** The workspaces of the installation, compacted. */
    public static final String WORKSPACES = "heddle.workspaces";

    /** What the name of every ops topic begins with; two digits, a dot and the workspace follow. */
    public static final String OPS_PREFIX = "heddle.ops.";

    /**
     * Largest record batch of the topics that carry operations, in bytes. An operation may put in and take out about a
     * million code points of up to 4 bytes, carry its search besides, and have a hundred thousand changes; producers
     * need it as {@code max.request.size}.
     */
    public static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    /**
     * Largest record batch of the snapshots, in bytes: a whole file of the largest size, and who wrote what of it.
     * It stays below a broker's default of 100 MiB for one request ({@code socket.request.max.bytes}).
     */
    public static final int MAX_SNAPSHOT_BYTES = 96 * 1024 * 1024;

    /** Largest record batch of the topics without text, in bytes; Kafka's own default. */
    public static final int MAX_SMALL_MESSAGE_BYTES = 1024 * 1024 + 12;

    private static final Pattern OPS_NAME =
        Pattern.compile(Pattern.quote(OPS_PREFIX) + "([0-9]{2})\\.(" + WorkspaceNames.REGEX + ")");
    private static final String BY_SHARD = "shard of the workspace";

    private Topics() {
    }

    /**
     * {@return the name of the topic that takes a workspace's operations}
     *
     * @param workspace the workspace's name
     * @param shards    the installation's number of shards
     * @throws IllegalArgumentException where the name or the number is not allowed
     */
    public static String opsTopic(String workspace, int shards) {
        return new OpsTopic(Shards.of(WorkspaceNames.check(workspace), shards), workspace).name();
    }

    /**
     * {@return the name of the topic that takes a workspace's operations}
     *
     * @param workspace the workspace's name
     * @param shards    the installation's number of shards
     * @param place     its own topic or the shared one
     * @throws IllegalArgumentException where the name or the number is not allowed
     */
    public static String opsTopic(String workspace, int shards, PlaceKind place) {
        return place == PlaceKind.OWN ? opsTopic(workspace, shards)
            : sharedOpsTopic(Shards.of(WorkspaceNames.check(workspace), shards));
    }

    /**
     * {@return the name of the topic that workspaces of a shard may share}
     *
     * @param shard the shard, 0 to 99
     */
    public static String sharedOpsTopic(int shard) {
        return OPS_PREFIX + Shards.digits(shard);
    }

    /**
     * {@return what an ops topic's name says, or nothing where it is not the name of one}
     *
     * @param topic any topic's name
     */
    public static Optional<OpsTopic> parseOps(String topic) {
        Matcher matcher = OPS_NAME.matcher(topic);
        return matcher.matches()
            ? Optional.of(new OpsTopic(Integer.parseInt(matcher.group(1)), matcher.group(2)))
            : Optional.empty();
    }

    /**
     * {@return a pattern of the names of all workspaces' own ops topics of one shard}
     *
     * @param shard the shard, 0 to 99
     */
    public static Pattern opsPattern(int shard) {
        return Pattern.compile((OPS_PREFIX + Shards.digits(shard) + ".").replace(".", "\\.") + WorkspaceNames.REGEX);
    }

    /**
     * {@return the ops topic of one workspace}
     *
     * @param workspace the workspace's name
     * @param shards    the installation's number of shards
     */
    public static TopicSpec ops(String workspace, int shards) {
        return ownOps(opsTopic(workspace, shards));
    }

    /**
     * {@return the ops topic of one workspace}
     *
     * @param workspace the workspace's name
     * @param shards    the installation's number of shards
     * @param place     its own topic or the shared one
     */
    public static TopicSpec ops(String workspace, int shards, PlaceKind place) {
        String topic = opsTopic(workspace, shards, place);
        return place == PlaceKind.OWN ? ownOps(topic) : sharedOps(topic);
    }

    /**
     * {@return an ops topic}
     *
     * @param topic its name, of a workspace's own or of the shared one of a shard
     */
    public static TopicSpec opsAt(String topic) {
        return PlaceKind.of(topic) == PlaceKind.OWN ? ownOps(topic) : sharedOps(topic);
    }

    /**
     * {@return the topics that all workspaces share}
     *
     * @param shards the installation's number of shards
     */
    public static List<TopicSpec> shared(int shards) {
        Shards.checkCount(shards);
        return List.of(canonical(shards), rejections(shards), snapshots(shards), deadLetters(), presence(shards),
            workspaces());
    }

    /**
     * {@return the whole catalogue, the ops topics as one family, for the reference page}
     *
     * @param shards the installation's number of shards
     */
    static List<TopicSpec> catalogue(int shards) {
        List<TopicSpec> all = new ArrayList<>();
        all.add(ownOps(OPS_PREFIX + "<shard>.<workspace>"));
        all.add(sharedOps(OPS_PREFIX + "<shard>"));
        all.addAll(shared(shards));
        return all;
    }

    private static TopicSpec ownOps(String name) {
        return opsSpec(name, "the workspace's name, or null",
            "The raw log of one workspace: every operation as submitted, in the order that counts; the audit record.");
    }

    private static TopicSpec sharedOps(String name) {
        return opsSpec(name, "the workspace's name, never null",
            "The raw logs of all workspaces of a shard that were placed here, told apart by key; made with the first "
                + "of them.");
    }

    private static TopicSpec opsSpec(String name, String key, String purpose) {
        return new TopicSpec(name, 1, key, "dev.heddle.ClientOp", "the only one", purpose,
            List.of(
                exact("cleanup.policy", "delete", "Compaction would lose operations that share a key."),
                exact("retention.ms", "-1", "The raw log is the record of everything and is kept for ever."),
                exact("retention.bytes", "-1", "The raw log is the record of everything and is kept for ever."),
                exact("message.timestamp.type", "LogAppendTime",
                    "The broker's time is the only clock the transformer uses."),
                maxMessage(MAX_MESSAGE_BYTES)));
    }

    private static TopicSpec canonical(int shards) {
        return new TopicSpec(CANONICAL, shards, "<workspace>/<version, 20 digits>", "dev.heddle.CanonicalOp", BY_SHARD,
            "Every accepted operation in order, with its version; what readers follow. Repeats are identical; once "
                + "compacted, one may stand late: the version is the order.",
            List.of(
                exact("cleanup.policy", "compact", "An operation goes only by its own tombstone."),
                brokersTime(),
                new TopicSetting("delete.retention.ms", millis(Duration.ofDays(1)), Rule.TUNABLE,
                    "How long a reader that fell behind still sees that an operation was taken into a snapshot."),
                new TopicSetting("min.cleanable.dirty.ratio", "0.5", Rule.TUNABLE,
                    "Keys are unique, so cleaning early only costs."),
                maxMessage(MAX_MESSAGE_BYTES)));
    }

    private static TopicSpec rejections(int shards) {
        return new TopicSpec(REJECTIONS, shards, "<workspace>/<session>", "dev.heddle.Rejection", BY_SHARD,
            "Every refused operation, for its author.",
            List.of(
                exact("cleanup.policy", "delete", "A session may be refused more than once; each answer counts."),
                brokersTime(),
                new TopicSetting("retention.ms", millis(Duration.ofDays(1)), Rule.TUNABLE,
                    "An author that was away asks within a day or sends again."),
                maxMessage(MAX_SMALL_MESSAGE_BYTES)));
    }

    private static TopicSpec snapshots(int shards) {
        return new TopicSpec(SNAPSHOTS, shards, "<workspace>/<file>", "dev.heddle.Snapshot", BY_SHARD,
            "The newest snapshot of every file.",
            List.of(
                exact("cleanup.policy", "compact", "A snapshot goes only when a newer one of the file is there."),
                maxMessage(MAX_SNAPSHOT_BYTES)));
    }

    private static TopicSpec deadLetters() {
        return new TopicSpec(DEAD_LETTERS, 1, "as read", "the bytes as read; coordinates and reason in headers",
            "the only one", "Records that could not be read, kept for an operator to look at.",
            List.of(
                exact("cleanup.policy", "delete", "Keys are whatever the bad record had."),
                brokersTime(),
                new TopicSetting("retention.ms", millis(Duration.ofDays(30)), Rule.TUNABLE,
                    "Long enough for someone to come back from a holiday."),
                maxMessage(MAX_MESSAGE_BYTES)));
    }

    private static TopicSpec presence(int shards) {
        return new TopicSpec(PRESENCE, shards, "<workspace>/<session>", "dev.heddle.Presence", BY_SHARD,
            "Where every session is at the moment; never history.",
            List.of(
                exact("cleanup.policy", "delete", "Presence is not kept."),
                new TopicSetting("retention.ms", millis(Duration.ofMinutes(1)), Rule.TUNABLE,
                    "Older presence says nothing."),
                new TopicSetting("segment.ms", millis(Duration.ofMinutes(1)), Rule.TUNABLE,
                    "Only closed segments are deleted."),
                maxMessage(MAX_SMALL_MESSAGE_BYTES)));
    }

    private static TopicSpec workspaces() {
        return new TopicSpec(WORKSPACES, 1, "the workspace's name", "dev.heddle.Workspace", "the only one",
            "The workspaces of the installation: where each one's log is and how it is set.",
            List.of(
                exact("cleanup.policy", "compact", "The newest record of a workspace is the truth."),
                maxMessage(MAX_SMALL_MESSAGE_BYTES)));
    }

    private static TopicSetting brokersTime() {
        return exact("message.timestamp.type", "LogAppendTime",
            "An answer carries the time of what it answers, and brokers refuse times far from their own.");
    }

    private static TopicSetting exact(String name, String value, String reason) {
        return new TopicSetting(name, value, Rule.EXACT, reason);
    }

    private static TopicSetting maxMessage(int bytes) {
        return new TopicSetting("max.message.bytes", Integer.toString(bytes), Rule.AT_LEAST,
            bytes > MAX_SMALL_MESSAGE_BYTES ? "The limits of texts and operations allow records of that size."
                : "Records are small.");
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
