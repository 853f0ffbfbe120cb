package dev.heddle.schemas.topic;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * Which shard a workspace belongs to. The number of shards is fixed when an installation is created: another number
 * puts workspaces elsewhere.
 */
public final class Shards {

    /** The largest number of shards, as topic names hold two digits. */
    public static final int MAX = 100;

    /** The number of shards where nothing else is set. */
    public static final int DEFAULT = 4;

    private Shards() {
    }

    /**
     * {@return the shard of a workspace, from 0: Kafka's murmur2 of its UTF-8 name, made positive, modulo the shards}
     *
     * @param workspace the workspace's name, never null
     * @param shards    the installation's number of shards, 1 to {@link #MAX}
     * @throws IllegalArgumentException where the number of shards is out of range
     */
    public static int of(String workspace, int shards) {
        checkCount(shards);
        return Utils.toPositive(Utils.murmur2(workspace.getBytes(StandardCharsets.UTF_8))) % shards;
    }

    /**
     * {@return the two digits of a shard, as in topic names}
     *
     * @param shard the shard, 0 to 99
     * @throws IllegalArgumentException where it is out of range
     */
    public static String digits(int shard) {
        if (shard < 0 || shard >= MAX) {
            throw new IllegalArgumentException("shard: " + shard + " (expected: 0 to " + (MAX - 1) + ")");
        }
        return (shard < 10 ? "0" : "") + shard;
    }

    /**
     * {@return the same number, once checked}
     *
     * @param shards a number of shards
     * @throws IllegalArgumentException where it is not 1 to {@link #MAX}
     */
    public static int checkCount(int shards) {
        if (shards < 1 || shards > MAX) {
            throw new IllegalArgumentException("shards: " + shards + " (expected: 1 to " + MAX + ")");
        }
        return shards;
    }
}
