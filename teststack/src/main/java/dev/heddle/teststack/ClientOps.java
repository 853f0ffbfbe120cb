package dev.heddle.teststack;

import dev.heddle.ClientOp;
import dev.heddle.Create;
import dev.heddle.Edit;
import dev.heddle.engine.text.Change;
import java.util.List;

/** Submissions as a Kafka client writes them. */
public final class ClientOps {

    private ClientOps() {
    }

    /**
     * {@return a submission of any operation}
     *
     * @param session   the writer's session
     * @param seq       its number within the session, from 1
     * @param base      the newest version the writer saw
     * @param operation a generated record: Edit, Create, Rename, Delete, Replace or Noop
     */
    public static ClientOp of(String session, long seq, long base, Object operation) {
        return ClientOp.newBuilder().setSession(session).setSeq(seq).setBase(base).setAuthor("test").setOp(operation)
            .build();
    }

    /**
     * {@return the creation of a file}
     *
     * @param path its path
     * @param text its first text
     */
    public static Create create(String path, String text) {
        return Create.newBuilder().setPath(path).setText(text).build();
    }

    /**
     * {@return an edit of a file named by its path as of the base}
     *
     * @param path    the path
     * @param changes ascending, in code points of the base text
     */
    public static Edit edit(String path, List<Change> changes) {
        return Edit.newBuilder().setPath(path).setChanges(changes.stream().map(ClientOps::change).toList()).build();
    }

    private static dev.heddle.Change change(Change change) {
        return dev.heddle.Change.newBuilder().setAt(change.at()).setDelete(change.delete())
            .setInsert(change.insert()).build();
    }
}
