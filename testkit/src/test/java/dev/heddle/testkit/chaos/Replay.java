package dev.heddle.testkit.chaos;

import dev.heddle.CanonicalOp;
import dev.heddle.ClientOp;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Decision;
import dev.heddle.engine.workspace.Limits;
import dev.heddle.engine.workspace.Sequencer;
import dev.heddle.engine.workspace.WorkspaceState;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.teststack.WireCodec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A raw log decided once more, from its first record, by the engine alone. */
final class Replay {

    private static final int ID_END = 5;

    private Replay() {
    }

    /** Proves that the engine, given the raw log, writes the very bytes that the canonical topic holds. */
    static void check(String workspace, List<ConsumerRecord<byte[], byte[]>> raw, HistoryChecker history,
                      WireCodec codec) {
        WorkspaceState state = WorkspaceState.empty(workspace, Limits.DEFAULT, version -> {
            throw new AssertionError("version " + version + " is asked for, though all are held in memory");
        });
        for (ConsumerRecord<byte[], byte[]> record : raw) {
            Decision decision = Sequencer.decide(state, OperationCodec.submission(
                codec.decode(record.value(), ClientOp.class), record.offset(), record.timestamp()));
            if (decision instanceof Decision.Accepted accepted) {
                compare(accepted.operation(), record.offset(), history, codec);
            }
            state.replay(decision);
        }
        if (state.version() != history.workspace(workspace).version()) {
            throw new AssertionError(workspace + ": the engine comes to version " + state.version()
                + ", the canonical log to " + history.workspace(workspace).version());
        }
    }

    private static void compare(CanonicalOperation decided, long offset, HistoryChecker history, WireCodec codec) {
        byte[] found = history.canonical(decided.workspace(), decided.version());
        // Which way a record came is not the engine's to say and not in the hash.
        String via = found == null ? null : codec.decode(found, CanonicalOp.class).getVia();
        byte[] expected =
            codec.encode(CanonicalOp.newBuilder(OperationCodec.canonicalOp(decided)).setVia(via).build());
        // The id of the schema is the registry's to give; what follows it is the engine's.
        if (found == null || !Arrays.equals(expected, ID_END, expected.length, found, ID_END, found.length)) {
            throw new AssertionError(decided.workspace() + ": the engine decides the record at offset " + offset
                + " otherwise than the log does at version " + decided.version() + ":\n"
                + HexFormat.of().formatHex(expected) + "\n" + (found == null ? "nothing"
                : HexFormat.of().formatHex(found)));
        }
    }
}
