package dev.heddle.gateway.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.gateway.room.ReadBound;
import dev.heddle.gateway.room.WorkspaceReader;
import java.util.function.Predicate;

/** Committed operations, read page by page. */
final class OperationPages {

    private static final int PAGE_OPERATIONS = 1_000;

    private OperationPages() {
    }

    /**
     * Visits operations in the order of their versions until there are no more, or the visitor has seen enough. Blocks
     * while it reads: for worker threads.
     *
     * @param reader    reads them
     * @param workspace the workspace's name
     * @param after     the version before the first one
     * @param to        the version of the last one
     * @param visitor   sees each as its message; whether it wants more
     */
    static void visit(WorkspaceReader reader, String workspace, long after, long to, Predicate<ObjectNode> visitor) {
        long seen = after;
        while (seen < to) {
            WorkspaceReader.OperationPage page = reader.operations(workspace, seen,
                (int) Math.min(PAGE_OPERATIONS, to - seen), ReadBound.NONE).toCompletableFuture().join();
            if (page.operations().isEmpty()) {
                return;
            }
            for (ObjectNode message : page.operations()) {
                seen = message.path("version").longValue();
                if (!visitor.test(message)) {
                    return;
                }
            }
        }
    }
}
