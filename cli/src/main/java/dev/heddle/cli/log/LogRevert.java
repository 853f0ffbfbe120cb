package dev.heddle.cli.log;

import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.history.LineChanges;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.FileImage;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.WorkspaceImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What must be done to a workspace to make it what it was, in the order to do it. Pure. */
final class LogRevert {

    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, FileImage> before;
    private final Map<String, FileImage> after;

    /**
     * A plan.
     *
     * @param then the workspace to come back to
     * @param now  the workspace as it is
     * @param path the path of the one file meant, as of then or now, or null for all
     */
    LogRevert(WorkspaceImage then, WorkspaceImage now, String path) {
        before = byFile(then);
        after = byFile(now);
        if (path != null) {
            String file = then.fileAt(path).or(() -> now.fileAt(path)).orElseThrow(() -> new CliException(
                ExitCode.REFUSED, "UNKNOWN_FILE", "there is no file " + path + " at version " + then.version()
                + " or " + now.version() + " of " + now.workspace(), "heddle ls shows the files")).file();
            before.keySet().retainAll(Set.of(file));
            after.keySet().retainAll(Set.of(file));
        }
        deletions();
        renames();
        texts();
    }

    List<Operation> operations() {
        return operations;
    }

    private static Map<String, FileImage> byFile(WorkspaceImage image) {
        Map<String, FileImage> files = new TreeMap<>();
        image.files().forEach(file -> files.put(file.file(), file));
        return files;
    }

    private void deletions() {
        after.values().stream().filter(file -> !before.containsKey(file.file()))
            .forEach(file -> operations.add(new Operation.Delete(FileReference.ofFile(file.file()))));
    }

    /** Where a path is another's that has to go as well, all of them leave first, to paths in between. */
    private void renames() {
        List<FileImage> moved = before.values().stream().filter(old -> after.containsKey(old.file())
            && !after.get(old.file()).path().equals(old.path())).toList();
        for (FileImage old : moved) {
            if (moved.stream().anyMatch(other -> other.path().equals(after.get(old.file()).path()))) {
                operations.add(new Operation.Rename(FileReference.ofFile(old.file()), "heddle-revert-" + old.file()));
            }
        }
        moved.forEach(old -> operations.add(new Operation.Rename(FileReference.ofFile(old.file()), old.path())));
    }

    private void texts() {
        for (FileImage old : before.values()) {
            FileImage now = after.get(old.file());
            if (now == null) {
                operations.add(new Operation.Create(old.path(), old.text().toString(), null));
                continue;
            }
            List<Change> changes = LineChanges.between(now.text().toString(), old.text().toString());
            if (!changes.isEmpty()) {
                operations.add(new Operation.Edit(FileReference.ofFile(old.file()), changes));
            }
        }
    }
}
