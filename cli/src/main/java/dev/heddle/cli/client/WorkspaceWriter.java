package dev.heddle.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.cli.history.LoggedOperation;
import dev.heddle.editing.UndoSelection;

/**
 * Changes of a workspace, through a gateway or straight in its raw log; the verbs that change files do not care which.
 * Every method throws {@link dev.heddle.cli.CliException} with what to do about it. One thread at a time.
 */
public interface WorkspaceWriter extends AutoCloseable {

    /**
     * {@return the workspace's newest version}
     *
     * @param workspace its name
     */
    long head(String workspace);

    /**
     * Makes a file's text this text, creating the file where it is not there.
     *
     * @param workspace the workspace's name
     * @param path      the file's path
     * @param text      the whole new text
     * @param ifMatch   the entity tag the file must still have, {@code *} for any, or null for no condition
     * @return {@code {file, path, version}}
     */
    JsonNode put(String workspace, String path, String text, String ifMatch);

    /**
     * Submits one operation on a file.
     *
     * @param workspace the workspace's name
     * @param path      the file's path
     * @param operation {@code {kind, …}}, with {@code base} for a positional edit
     * @return the canonical operation it became
     */
    LoggedOperation patch(String workspace, String path, ObjectNode operation);

    /**
     * Gives a file another path.
     *
     * @param workspace the workspace's name
     * @param path      its path
     * @param to        its new path
     * @return {@code {file, path, version}}
     */
    JsonNode rename(String workspace, String path, String to);

    /**
     * Deletes a file.
     *
     * @param workspace the workspace's name
     * @param path      its path
     * @return {@code {file, path, version}}
     */
    JsonNode delete(String workspace, String path);

    /**
     * Takes operations back by new ones.
     *
     * @param workspace the workspace's name
     * @param selection which ones
     * @param dryRun    whether only to say what would be done
     * @return the report, as the gateway's {@code POST …/undo} answers it
     */
    JsonNode undo(String workspace, UndoSelection selection, boolean dryRun);

    /**
     * Brings back an older state by new operations.
     *
     * @param workspace the workspace's name
     * @param to        the version to bring back
     * @param path      only this file, or null for the whole tree
     * @return {@code {version, operations}}
     */
    JsonNode revert(String workspace, long to, String path);

    /**
     * Makes a workspace where there is none of that name.
     *
     * @param workspace its name
     * @param place     {@code own} or {@code shared}; null for the default
     * @return the workspace, and whether it was not there before
     */
    Created create(String workspace, String place);

    /**
     * A workspace that was asked for.
     *
     * @param workspace the workspace
     * @param made      whether it was not there before
     */
    record Created(WorkspaceSummary workspace, boolean made) {
    }

    /** {@return what it writes to, for people} */
    String name();

    @Override
    void close();
}
