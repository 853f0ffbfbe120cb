package dev.heddle.gateway.access;

/**
 * What one client may do, for as long as its token holds. Immutable; any thread.
 *
 * @param subject  who it is: the author of everything it writes; null for an anonymous client
 * @param tokenId  the token's own id ({@code jti}), by which it can be revoked; null where it has none
 * @param endsAtMs when the token ends, milliseconds since 1970 UTC; {@link Long#MAX_VALUE} without a token
 * @param read     workspaces it may read and follow
 * @param write    workspaces it may write as well
 */
public record Access(String subject, String tokenId, long endsAtMs, WorkspaceGlobs read, WorkspaceGlobs write) {

    /** A client without a token, where such are let in: it may do everything, under whatever name it gives. */
    public static final Access ANONYMOUS =
        new Access(null, null, Long.MAX_VALUE, WorkspaceGlobs.ALL, WorkspaceGlobs.ALL);

    /**
     * {@return whether it may read and follow a workspace; who may write may read}
     *
     * @param workspace the workspace's name
     */
    public boolean mayRead(String workspace) {
        return read.contains(workspace) || write.contains(workspace);
    }

    /**
     * {@return whether it may write a workspace, and make it}
     *
     * @param workspace the workspace's name
     */
    public boolean mayWrite(String workspace) {
        return write.contains(workspace);
    }

    /**
     * {@return the author of what it writes: the token's subject, or where there is no token what the client says}
     *
     * @param claimed what the client says, or null
     */
    public String author(String claimed) {
        return subject == null ? claimed : subject;
    }

    /**
     * Checks that a workspace may be read.
     *
     * @param workspace the workspace's name
     * @throws AccessException if not
     */
    public void requireRead(String workspace) {
        if (!mayRead(workspace)) {
            throw AccessException.forbidden("workspace: " + workspace + " (expected: one that the token of " + subject
                + " may read)");
        }
    }

    /**
     * Checks that a workspace may be written.
     *
     * @param workspace the workspace's name
     * @throws AccessException if not
     */
    public void requireWrite(String workspace) {
        if (!mayWrite(workspace)) {
            throw AccessException.forbidden(writeRefusal(workspace));
        }
    }

    /**
     * {@return why a workspace may not be written, as it is told to the client}
     *
     * @param workspace the workspace's name
     */
    public String writeRefusal(String workspace) {
        return "workspace: " + workspace + " (expected: one that the token of " + subject + " may write)";
    }
}
