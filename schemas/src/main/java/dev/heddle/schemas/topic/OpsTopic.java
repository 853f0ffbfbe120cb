package dev.heddle.schemas.topic;

/**
 * What the name of an ops topic says.
 *
 * @param shard     the shard, 0 to 99
 * @param workspace the workspace's name
 */
public record OpsTopic(int shard, String workspace) {

    /** Checks both parts. */
    public OpsTopic {
        Shards.digits(shard);
        WorkspaceNames.check(workspace);
    }

    /** {@return the topic's name} */
    public String name() {
        return Topics.OPS_PREFIX + Shards.digits(shard) + '.' + workspace;
    }
}
