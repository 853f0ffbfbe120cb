package dev.heddle.gateway.room;

import dev.heddle.schemas.topic.PlaceKind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Which workspaces there are. Thread-safe; looking up never blocks. */
public interface WorkspaceDirectory {

    /** What came of a creation.
     *
     * @param workspace the workspace
     * @param created   whether it was made by this call; false if it was there before
     */
    record Creation(WorkspaceInfo workspace, boolean created) {
    }

    /**
     * {@return the workspace of a name, or empty}
     *
     * @param name the name
     */
    Optional<WorkspaceInfo> find(String name);

    /** {@return all workspaces, sorted by name} */
    List<WorkspaceInfo> all();

    /** {@return whether all workspaces are known; before that, one that is not found may be there all the same} */
    boolean complete();

    /**
     * Makes a workspace: its topic and its record; one that is there already is left as it is, wherever it is.
     *
     * @param name  a valid name
     * @param place where its raw log is to be, or null for the installation's default
     * @return what came of it, once every reader of this directory can find it; exceptionally with a
     *     {@link ReadException}
     */
    CompletionStage<Creation> create(String name, PlaceKind place);
}
