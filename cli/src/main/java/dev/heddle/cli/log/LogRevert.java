package dev.heddle.cli.log;

import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.editing.RevertPlan;
import dev.heddle.editing.TreeEntry;
import dev.heddle.engine.workspace.FileImage;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.WorkspaceImage;
import java.util.ArrayList;
import java.util.List;

/** What must be done to a workspace that was folded here to make it what it was. Pure. */
final class LogRevert {

    private LogRevert() {
    }

    /**
     * {@return the operations, in the order to do them}
     *
     * @param then the workspace to come back to
     * @param now  the workspace as it is
     * @param path the path of the one file meant, as of then or now, or null for all
     */
    static List<Operation> operations(WorkspaceImage then, WorkspaceImage now, String path) {
        List<TreeEntry> before = LogReader.tree(then);
        List<TreeEntry> after = LogReader.tree(now);
        String file = path == null ? null : RevertPlan.file(before, after, path).orElseThrow(() -> new CliException(
            ExitCode.REFUSED, "UNKNOWN_FILE", "there is no file " + path + " at version " + then.version()
            + " or " + now.version() + " of " + now.workspace(), "heddle ls shows the files"));
        RevertPlan plan = RevertPlan.of(before, after, file);
        List<Operation> operations = new ArrayList<>(plan.treeOperations());
        for (RevertPlan.Content content : plan.contents()) {
            content.operation(text(then, content.file()), content.created() ? "" : text(now, content.file()))
                .ifPresent(operations::add);
        }
        return operations;
    }

    private static String text(WorkspaceImage image, String file) {
        return image.file(file).map(FileImage::text).orElseThrow().toString();
    }
}
