package dev.heddle.cli.client;

import java.util.Map;
import java.util.Objects;

/**
 * A workspace as a list shows it.
 *
 * @param name    its name
 * @param version its newest version; -1 where the source did not say
 * @param shard   its shard; -1 where the source did not say
 * @param topics  its topics by role: ops, canonical, rejections; may be empty
 */
public record WorkspaceSummary(String name, long version, int shard, Map<String, String> topics) {

    /** Copies the map, so that the value never changes. */
    public WorkspaceSummary {
        Objects.requireNonNull(name, "name");
        topics = Map.copyOf(topics);
    }
}
