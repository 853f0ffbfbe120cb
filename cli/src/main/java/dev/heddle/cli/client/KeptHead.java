package dev.heddle.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * What somebody keeps of a workspace to hold it against its log later.
 *
 * @param workspace the workspace's name
 * @param version   the version, from 0
 * @param hash      its hash, 64 hex digits
 * @param timeMs    its time, milliseconds since 1970 UTC; 0 for version 0
 */
public record KeptHead(String workspace, long version, String hash, long timeMs) {

    /** Checks that the texts are there. */
    public KeptHead {
        Objects.requireNonNull(workspace, "workspace");
        Objects.requireNonNull(hash, "hash");
    }

    /**
     * {@return a head as the gateway says it}
     *
     * @param node its JSON
     */
    public static KeptHead of(JsonNode node) {
        return new KeptHead(node.path("workspace").asText(), node.path("version").asLong(), node.path("hash").asText(),
            node.path("time").asLong());
    }

    /** {@return the same JSON again} */
    public ObjectNode json() {
        return JsonNodeFactory.instance.objectNode().put("workspace", workspace).put("version", version)
            .put("hash", hash).put("time", timeMs);
    }
}
