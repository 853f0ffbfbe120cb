package dev.heddle.cli.log;

import dev.heddle.Workspace;
import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.verify.RawRecord;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.topic.PlaceKind;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.Topics;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Copies a workspace to another installation, submission by submission, so that it is decided there again: same
 * versions, same texts, same sessions; times, offsets and with them the hashes are the new installation's own. One
 * thread; blocks.
 */
public final class WorkspaceCopy {

    /**
     * What was copied.
     *
     * @param workspace  the workspace there
     * @param records    submissions copied
     * @param unreadable records left out, as they decide nothing
     */
    public record Copied(Workspace workspace, long records, long unreadable) {
    }

    private final WorkspaceLog from;
    private final WorkspaceLog target;
    private final LogWriter writer;

    /**
     * A copy not begun yet.
     *
     * @param from   the installation it is in
     * @param target the other one
     * @param writer writes to the other one
     */
    public WorkspaceCopy(WorkspaceLog from, WorkspaceLog target, LogWriter writer) {
        this.from = Objects.requireNonNull(from, "from");
        this.target = Objects.requireNonNull(target, "target");
        this.writer = Objects.requireNonNull(writer, "writer");
    }

    /**
     * Copies a workspace up to the end its log has now.
     *
     * @param name  its name, the same there
     * @param place where its log is to be there
     * @param seen  is told each record copied
     * @return what was copied
     */
    public Copied copy(String name, PlaceKind place, Consumer<RawRecord> seen) {
        Workspace before = from.workspace(name);
        if (target.workspaces().containsKey(name)) {
            throw new CliException(ExitCode.REFUSED, "BAD_REQUEST", "there is a workspace " + name + " at "
                + target.settings().bootstrapServers() + " already", "a copy begins with an empty workspace");
        }
        int shards = target.shards();
        String topic = Topics.opsTopic(name, shards, place);
        writer.ensure(Topics.opsAt(topic), place == PlaceKind.OWN);
        Iterator<RawRecord> records = from.raw(name);
        long copied = 0;
        long unreadable = 0;
        while (records.hasNext()) {
            RawRecord record = records.next();
            if (record.submission() == null) {
                unreadable++;
                continue;
            }
            // Made anew from the submission, so that a move it was part of does not happen again over there.
            writer.hand(topic, name, target.serdes().clientOp().serializer().serialize(topic,
                OperationCodec.clientOp(record.submission())));
            seen.accept(record);
            copied++;
        }
        writer.flush();
        Workspace there = new Workspace(name, Shards.of(name, shards), topic, before.getSettings(), before.getTime(),
            List.of());
        writer.send(Topics.WORKSPACES, 0, name, target.serdes().workspace().serializer().serialize(Topics.WORKSPACES,
            there));
        return new Copied(there, copied, unreadable);
    }
}
