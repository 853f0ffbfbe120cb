package dev.heddle.gateway.room;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.editing.TreeEntry;
import dev.heddle.engine.workspace.FileReference;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Past state of workspaces, as the snapshotter tells it. Thread-safe, never blocks; stages end on any thread, and
 * exceptionally with a {@link ReadException}.
 */
public interface WorkspaceReader {

    /** A workspace's newest state.
     *
     * @param version       newest version folded
     * @param hash          hash of that version, hex
     * @param timeMs        time of that version, milliseconds since 1970 UTC; 0 for version 0
     * @param oldestVersion oldest version that can be read
     */
    record Head(long version, String hash, long timeMs, long oldestVersion) {
    }

    /** The files of a workspace at one version.
     *
     * @param version the version
     * @param files   live files, sorted by path
     */
    record Tree(long version, List<TreeEntry> files) {
    }

    /** Some operations in order.
     *
     * @param operations {@code op} messages, ascending and without a hole
     * @param next       the version to ask on from, or null where this was the end
     * @param version    newest version folded when answering
     */
    record OperationPage(List<ObjectNode> operations, Long next, long version) {
    }

    /**
     * {@return the newest state of a workspace; version 0 for one that was never written to}
     *
     * @param workspace the workspace
     * @param bound     how new at least
     */
    CompletionStage<Head> head(String workspace, ReadBound bound);

    /**
     * {@return the files}
     *
     * @param workspace the workspace
     * @param asOf      as of which version or time
     * @param bound     how new at least
     */
    CompletionStage<Tree> files(String workspace, AsOf asOf, ReadBound bound);

    /**
     * {@return one file's text}
     *
     * @param workspace the workspace
     * @param target    the file, by id, or by its path as of that version
     * @param asOf      as of which version or time
     * @param bound     how new at least
     */
    CompletionStage<FileText> file(String workspace, FileReference target, AsOf asOf, ReadBound bound);

    /**
     * {@return operations after a version}
     *
     * @param workspace     the workspace
     * @param after         the version
     * @param operationsMax how many at most
     * @param bound         how new at least
     */
    CompletionStage<OperationPage> operations(String workspace, long after, int operationsMax, ReadBound bound);

    /**
     * {@return who wrote what of a file, in the JSON shape of the protocol}
     *
     * @param workspace the workspace
     * @param path      the file's path as of that version
     * @param asOf      as of which version or time
     * @param bound     how new at least
     */
    CompletionStage<ObjectNode> blame(String workspace, String path, AsOf asOf, ReadBound bound);

    /**
     * {@return how a file differs between two versions: JSON, or a unified difference}
     *
     * @param workspace the workspace
     * @param path      the file's path as of the later version
     * @param range     the versions, and in which format
     * @param bound     how new at least
     */
    CompletionStage<Difference> difference(String workspace, String path, Range range, ReadBound bound);

    /** Two versions to compare.
     *
     * @param from    the first version
     * @param to      the second version, or null for the newest
     * @param unified whether a unified difference is wanted; else JSON
     */
    record Range(long from, Long to, boolean unified) {
    }

    /** A comparison as the snapshotter wrote it.
     *
     * @param contentType its media type
     * @param body        its text
     */
    record Difference(String contentType, String body) {
    }
}
