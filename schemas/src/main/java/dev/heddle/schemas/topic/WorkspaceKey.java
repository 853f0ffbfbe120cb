package dev.heddle.schemas.topic;

/**
 * The key of a record that belongs to something within a workspace: a session or a file.
 *
 * @param workspace the workspace's name
 * @param id        the session or file (UUID text)
 */
public record WorkspaceKey(String workspace, String id) {

    /** {@return the key as it stands in the topic} */
    @Override
    public String toString() {
        return WorkspaceKeys.format(workspace, id);
    }
}
