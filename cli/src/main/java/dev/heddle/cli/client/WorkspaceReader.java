package dev.heddle.cli.client;

import dev.heddle.cli.history.BlameRun;
import dev.heddle.cli.history.LoggedOperation;
import dev.heddle.editing.TreeEntry;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Reads of workspaces, from a gateway or straight from the topics; the verbs that only read do not care which.
 * Every method throws {@link dev.heddle.cli.CliException} with what to do about it. One thread at a time.
 */
public interface WorkspaceReader extends AutoCloseable {

    /** {@return all workspaces, sorted by name} */
    List<WorkspaceSummary> workspaces();

    /**
     * {@return one workspace}
     *
     * @param workspace its name
     */
    WorkspaceSummary workspace(String workspace);

    /**
     * {@return the live files, sorted by path}
     *
     * @param workspace the workspace's name
     * @param version   as of this version; empty for the newest
     */
    List<TreeEntry> tree(String workspace, OptionalLong version);

    /**
     * {@return a file's text}
     *
     * @param workspace the workspace's name
     * @param path      the file's path as of that version
     * @param version   as of this version; empty for the newest
     */
    FileContent file(String workspace, String path, OptionalLong version);

    /**
     * Passes operations on in version order, until the log ends or the receiver has had enough.
     *
     * @param workspace the workspace's name
     * @param after     only operations with a larger version
     * @param receiver  takes each operation; false ends the reading
     */
    void operations(String workspace, long after, Predicate<LoggedOperation> receiver);

    /**
     * {@return the newest version whose time is at or before a moment; 0 where there is none}
     *
     * @param workspace the workspace's name
     * @param time      the moment
     */
    long versionAt(String workspace, Instant time);

    /**
     * {@return the hash that stands for everything up to a version}
     *
     * @param workspace the workspace's name
     * @param version   the version; empty for the newest
     */
    KeptHead head(String workspace, OptionalLong version);

    /**
     * {@return who wrote what: runs in text order that cover the text}
     *
     * @param workspace the workspace's name
     * @param path      the file's path as of that version
     * @param version   as of this version; empty for the newest
     */
    List<BlameRun> blame(String workspace, String path, OptionalLong version);

    @Override
    void close();
}
