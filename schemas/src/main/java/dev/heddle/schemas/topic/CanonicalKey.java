package dev.heddle.schemas.topic;

/**
 * The key of one record of the canonical topic.
 *
 * @param workspace the workspace's name
 * @param version   the workspace version, from 1
 */
public record CanonicalKey(String workspace, long version) {

    /** Checks both parts. */
    public CanonicalKey {
        WorkspaceNames.check(workspace);
        if (version < 1) {
            throw new IllegalArgumentException("version: " + version + " (expected: at least 1)");
        }
    }

    /** {@return the key as it stands in the topic} */
    @Override
    public String toString() {
        return CanonicalKeys.format(workspace, version);
    }
}
