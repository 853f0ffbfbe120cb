package dev.heddle.schemas.topic;

/** Keys of the form {@code <workspace>/<id>}: rejections and presence by session, snapshots by file. */
public final class WorkspaceKeys {

    private WorkspaceKeys() {
    }

    /**
     * {@return the key of something within a workspace}
     *
     * @param workspace the workspace's name
     * @param id        the session or file, never null
     */
    public static String format(String workspace, String id) {
        return workspace + '/' + id;
    }

    /**
     * {@return the parts of a key}
     *
     * @param key a key as it stands in the topic
     * @throws IllegalArgumentException where it is not of that form
     */
    public static WorkspaceKey parse(String key) {
        int slash = key == null ? -1 : key.indexOf('/');
        if (slash < 0 || slash == key.length() - 1 || !WorkspaceNames.valid(key.substring(0, slash))) {
            throw new IllegalArgumentException("key: " + key + " (expected: <workspace>/<id>)");
        }
        return new WorkspaceKey(key.substring(0, slash), key.substring(slash + 1));
    }
}
