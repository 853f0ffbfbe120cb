package dev.heddle.cli.log;

import dev.heddle.CanonicalOp;
import dev.heddle.ClientOp;
import dev.heddle.Rejection;
import dev.heddle.Workspace;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.topic.Topics;

/** Writes submissions into a raw log and waits for what becomes of them. One thread; blocks. */
final class Submitter implements AutoCloseable {

    private final WorkspaceLog log;
    private final LogWriter writer;
    private final HeddleSerdes serdes;
    private AnswerReader answers;
    private int shard;

    Submitter(WorkspaceLog log, LogWriter writer) {
        this.log = log;
        this.writer = writer;
        serdes = log.serdes();
    }

    /** What became of a record; one of the two is null. */
    record Answer(CanonicalOp accepted, Rejection refused) {
    }

    Answer submit(Workspace workspace, String topic, ClientOp operation) {
        AnswerReader from = answersFor(workspace);
        writer.send(topic, 0, workspace.getName(), serdes.clientOp().serializer().serialize(topic, operation));
        return from.await(record -> {
            if (record.value() == null) {
                return null;
            }
            if (record.topic().equals(Topics.CANONICAL)) {
                CanonicalOp accepted = serdes.canonicalOp().deserializer().deserialize(record.topic(), record.value());
                return accepted.getSession().equals(operation.getSession())
                    && accepted.getSeq() == operation.getSeq() ? new Answer(accepted, null) : null;
            }
            Rejection refused = serdes.rejection().deserializer().deserialize(record.topic(), record.value());
            return refused.getSession().equals(operation.getSession()) && refused.getSeq() == operation.getSeq()
                ? new Answer(null, refused) : null;
        });
    }

    /** Kept open from one submission to the next: what lies between is passed over. */
    private AnswerReader answersFor(Workspace workspace) {
        if (answers == null || shard != workspace.getShard()) {
            close();
            answers = log.answers(workspace);
            shard = workspace.getShard();
        }
        return answers;
    }

    @Override
    public void close() {
        if (answers != null) {
            answers.close();
            answers = null;
        }
    }
}
