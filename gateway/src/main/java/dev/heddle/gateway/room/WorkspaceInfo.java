package dev.heddle.gateway.room;

import java.util.Objects;

/**
 * One workspace as the installation knows it.
 *
 * @param name     its name
 * @param shard    its shard
 * @param opsTopic the topic of its raw log
 */
public record WorkspaceInfo(String name, int shard, String opsTopic) {

    /** Checks that the texts are there. */
    public WorkspaceInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(opsTopic, "opsTopic");
    }
}
