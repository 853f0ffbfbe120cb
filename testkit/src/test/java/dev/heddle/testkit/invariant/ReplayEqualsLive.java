package dev.heddle.testkit.invariant;

import dev.heddle.CanonicalOp;
import dev.heddle.ClientOp;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Decision;
import dev.heddle.engine.workspace.Limits;
import dev.heddle.engine.workspace.Sequencer;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.engine.workspace.WorkspaceState;
import dev.heddle.schemas.codec.CodecException;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** The raw log, replayed from its first record through the engine alone, gives the canonical log byte by byte. */
public final class ReplayEqualsLive implements Invariant {

    private final Limits limits;
    private final Deserializer<ClientOp> reader;
    private final Serializer<CanonicalOp> writer;

    /**
     * An invariant of one run.
     *
     * @param limits what the sequencer runs with
     * @param serdes read and write the records
     */
    public ReplayEqualsLive(Limits limits, HeddleSerdes serdes) {
        this.limits = limits;
        this.reader = serdes.clientOp().deserializer();
        this.writer = serdes.canonicalOp().serializer();
    }

    @Override
    public void atRest(Chronicle seen, Rest rest) {
        rest.rawLogs().forEach((workspace, log) -> {
            List<byte[]> expected = replay(workspace, log);
            if (expected.size() != seen.versions(workspace)) {
                throw new InvariantBroken(name(), "the raw log of workspace " + workspace + " makes "
                    + expected.size() + " versions (found: " + seen.versions(workspace) + ")");
            }
            for (int version = 1; version <= expected.size(); version++) {
                if (!Arrays.equals(expected.get(version - 1), seen.value(workspace, version))) {
                    throw new InvariantBroken(name(), "version " + version + " of workspace " + workspace
                        + " is " + seen.operation(workspace, version) + " (replayed: other bytes)");
                }
            }
        });
    }

    private List<byte[]> replay(String workspace, List<Rest.RawRecord> log) {
        List<CanonicalOperation> operations = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        WorkspaceState state = WorkspaceState.empty(workspace, limits,
            version -> operations.get((int) version - 1));
        for (Rest.RawRecord record : log) {
            Submission submission = submission(record);
            if (submission != null) {
                Decision decision = Sequencer.decide(state, submission);
                state.replay(decision);
                if (decision instanceof Decision.Accepted accepted) {
                    operations.add(accepted.operation());
                    values.add(writer.serialize(Topics.CANONICAL,
                        OperationCodec.canonicalOp(accepted.operation(), record.via())));
                }
            }
        }
        return values;
    }

    private Submission submission(Rest.RawRecord record) {
        if (record.value() == null || record.value().length == 0) {
            return null;
        }
        try {
            return OperationCodec.submission(reader.deserialize("", record.value()), record.offset(), record.timeMs());
        } catch (SerializationException | CodecException unreadable) {
            return null;
        }
    }
}
