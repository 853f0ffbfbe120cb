package dev.heddle.gateway.room;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.Operation;
import java.util.List;

/** Brings a file's text from one version to a later one by the operations between. Pure. */
public final class Forward {

    private Forward() {
    }

    /**
     * {@return the file as of a later version}
     *
     * @param from       the file as it was
     * @param operations all operations on that file after it, up to the version, oldest first
     * @param version    the later version
     * @throws ReadException {@code FILE_DELETED} if one of them deleted it
     */
    public static FileText bring(FileText from, List<LiveOperation> operations, long version) {
        if (operations.isEmpty()) {
            return new FileText(version, from.file(), from.path(), from.fileVersion(), from.text(), from.hash());
        }
        Text text = Text.of(from.text());
        String path = from.path();
        long fileVersion = from.fileVersion();
        for (LiveOperation operation : operations) {
            fileVersion = operation.version();
            if (operation.operation() instanceof Operation.Edit edit) {
                text = text.apply(Changes.toOperation(edit.changes(), text.lengthCodePoints()));
            } else if (operation.operation() instanceof Operation.Rename rename) {
                path = rename.to();
            } else if (operation.operation() instanceof Operation.Delete) {
                throw new ReadException(RejectionCode.FILE_DELETED, "file " + from.file() + " (" + path
                    + ") was deleted at version " + operation.version());
            }
        }
        return new FileText(version, from.file(), path, fileVersion, text.toString(), text.sha256Hex());
    }
}
