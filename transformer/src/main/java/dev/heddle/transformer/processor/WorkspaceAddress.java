package dev.heddle.transformer.processor;

import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.schemas.topic.WorkspaceNames;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The one place that knows which workspace a record belongs to: by the name of its topic, or in the topic that
 * workspaces of a shard may share by the record's key.
 */
public final class WorkspaceAddress {

    private final int shard;
    private final int shards;
    private final String sharedTopic;
    private final String ownPrefix;

    /**
     * Reads the addresses of one shard's records.
     *
     * @param shard  the shard, from 0
     * @param shards the installation's number of shards
     */
    public WorkspaceAddress(int shard, int shards) {
        this.shard = shard;
        this.shards = Shards.checkCount(shards);
        this.sharedTopic = Topics.sharedOpsTopic(shard);
        this.ownPrefix = sharedTopic + ".";
    }

    /** {@return a pattern of the topics of this shard: its workspaces' own ones and the shared one} */
    public Pattern topics() {
        return Pattern.compile(sharedTopic.replace(".", "\\.") + "(\\..+)?");
    }

    /**
     * {@return whether a topic is the one that workspaces share}
     *
     * @param topic the topic's name
     */
    public boolean shared(String topic) {
        return topic.equals(sharedTopic);
    }

    /**
     * {@return the topic that a workspace's log may be in besides this one}
     *
     * @param workspace the workspace's name
     * @param topic     its own topic, or the shared one
     */
    public String other(String workspace, String topic) {
        return shared(topic) ? ownPrefix + workspace : sharedTopic;
    }

    /**
     * {@return the workspace that a record belongs to}
     *
     * @param input the record
     * @throws UnreadableException where it belongs to none, or to one of another shard
     */
    public String workspace(Input input) throws UnreadableException {
        if (input.partition() != 0) {
            throw new UnreadableException("partition " + input.partition() + " of topic " + input.topic()
                + " (expected: 0, as the log of a workspace has one partition)");
        }
        String name = shared(input.topic()) ? keyedName(input.key()) : input.topic().substring(ownPrefix.length());
        if (!WorkspaceNames.valid(name)) {
            throw new UnreadableException("workspace name '" + clipped(name) + "' (expected: "
                + WorkspaceNames.REGEX + ")");
        }
        int belongs = Shards.of(name, shards);
        if (belongs != shard) {
            throw new UnreadableException("workspace " + name + " in topic " + input.topic() + " (expected: shard "
                + Shards.digits(belongs) + " of " + shards + ")");
        }
        return name;
    }

    private String keyedName(byte[] key) throws UnreadableException {
        if (key == null) {
            throw new UnreadableException("record without a key in topic " + sharedTopic
                + " (expected: the workspace's name as key)");
        }
        return new String(key, StandardCharsets.UTF_8);
    }

    private static String clipped(String name) {
        return name.length() <= 80 ? name : name.substring(0, 80) + "…";
    }
}
