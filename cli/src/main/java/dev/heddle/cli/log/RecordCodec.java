package dev.heddle.cli.log;

import dev.heddle.CanonicalOp;
import dev.heddle.ClientOp;
import dev.heddle.Snapshot;
import dev.heddle.TextOrigin;
import dev.heddle.Workspace;
import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.history.LoggedOperation;
import dev.heddle.cli.verify.CanonicalRecord;
import dev.heddle.cli.verify.RawRecord;
import dev.heddle.cli.verify.RunsHash;
import dev.heddle.cli.verify.SnapshotRecord;
import dev.heddle.cli.verify.SnapshotText;
import dev.heddle.cli.verify.UnreadableRecordException;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Origin;
import dev.heddle.engine.workspace.TextRun;
import dev.heddle.schemas.codec.CodecException;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.serde.MalformedRecordException;
import dev.heddle.schemas.serde.SchemaNotFoundException;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.schemas.topic.LogPart;
import dev.heddle.schemas.topic.WorkspaceKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Records as Kafka hands them out to the values a proof needs. One thread. */
final class RecordCodec {

    /** Magic byte and schema id before the Avro bytes. */
    private static final int PREFIX_BYTES = 5;

    private final Deserializer<ClientOp> clientOps;
    private final Deserializer<CanonicalOp> canonicalOps;
    private final CanonicalBytes canonicalBytes = new CanonicalBytes();
    private final Deserializer<Snapshot> snapshots;
    private final Deserializer<Workspace> workspaces;

    RecordCodec(HeddleSerdes serdes) {
        clientOps = serdes.clientOp().deserializer();
        canonicalOps = serdes.canonicalOp().deserializer();
        snapshots = serdes.snapshot().deserializer();
        workspaces = serdes.workspace().deserializer();
    }

    Workspace workspace(ConsumerRecord<byte[], byte[]> record) {
        return workspaces.deserialize(record.topic(), record.value());
    }

    RawRecord raw(ConsumerRecord<byte[], byte[]> record, LogPart part) {
        long position = part.position(record.offset());
        try {
            ClientOp read = clientOps.deserialize(record.topic(), record.value());
            if (read == null) {
                return new RawRecord(position, record.timestamp(), null, "it has no value");
            }
            return RawRecord.of(OperationCodec.submission(read, position, record.timestamp()));
        } catch (MalformedRecordException | SchemaNotFoundException | CodecException error) {
            return new RawRecord(position, record.timestamp(), null, error.getMessage());
        }
    }

    CanonicalRecord canonical(ConsumerRecord<byte[], byte[]> record) {
        long version = version(record.key());
        if (record.value() == null) {
            return CanonicalRecord.tombstone(record.offset(), version);
        }
        byte[] payload = record.value().length < PREFIX_BYTES ? new byte[0]
            : Arrays.copyOfRange(record.value(), PREFIX_BYTES, record.value().length);
        return new CanonicalRecord(record.offset(), version, withoutVia(record, payload), () -> content(record));
    }

    /**
     * The raw log decides every byte but how an operation came into it, which only who has the gateways' key can tell;
     * so that is left out of the comparison. A record from before that field is the same record without it.
     */
    private byte[] withoutVia(ConsumerRecord<byte[], byte[]> record, byte[] payload) {
        try {
            return withoutVia(canonicalOps.deserialize(record.topic(), record.value()), payload);
        } catch (MalformedRecordException | SchemaNotFoundException | CodecException unreadable) {
            return payload;
        }
    }

    private byte[] withoutVia(CanonicalOp read, byte[] payload) {
        byte[] today = canonicalBytes.of(read);
        int shared = Arrays.mismatch(today, payload);
        boolean older = read.getVia() == null && shared == payload.length && today.length == shared + 1;
        if (shared >= 0 && !older) {
            return payload;
        }
        return canonicalBytes.apply(OperationCodec.canonical(read));
    }

    LoggedOperation operation(ConsumerRecord<byte[], byte[]> record) {
        try {
            return LoggedOperation.of(content(record));
        } catch (UnreadableRecordException error) {
            throw new CliException(ExitCode.REFUSED, "UNREADABLE_RECORD", "the record at offset " + record.offset()
                + " of " + record.topic() + " cannot be read: " + error.getMessage(),
                "heddle verify says what it should be");
        }
    }

    private CanonicalOperation content(ConsumerRecord<byte[], byte[]> record) {
        try {
            return OperationCodec.canonical(canonicalOps.deserialize(record.topic(), record.value()));
        } catch (MalformedRecordException | SchemaNotFoundException | IllegalArgumentException | CodecException error) {
            throw new UnreadableRecordException(error.getMessage());
        }
    }

    private static long version(byte[] key) {
        try {
            return CanonicalKeys.parse(new String(key, StandardCharsets.UTF_8)).version();
        } catch (IllegalArgumentException malformed) {
            return 0;
        }
    }

    SnapshotText snapshot(ConsumerRecord<byte[], byte[]> record) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        try {
            String id = WorkspaceKeys.parse(key).id();
            return snapshot(record.offset(), id, snapshots.deserialize(record.topic(), record.value()));
        } catch (MalformedRecordException | SchemaNotFoundException | IllegalArgumentException
                 | IndexOutOfBoundsException error) {
            return new SnapshotText(SnapshotRecord.unreadable(record.offset(), key, error.getMessage()), null, null,
                null);
        }
    }

    private static SnapshotText snapshot(long position, String key, Snapshot read) {
        Text text = Text.of(read.getText());
        String deletedText = read.getDeletedText();
        List<TextRun> runs = runs(read, deletedText == null ? read.getText() : deletedText);
        return new SnapshotText(new SnapshotRecord(position, key, read.getFile(), read.getPath(), read.getDeleted(),
            read.getVersion(), read.getFileVersion(), text.lengthCodePoints(), text.sha256Hex(), hex(read.getHash()),
            deletedText == null ? null : Text.of(deletedText).sha256Hex(), hex(read.getChainHash()), read.getTime(),
            read.getOldest(), runs == null ? null : RunsHash.of(runs), null), read.getText(), deletedText, runs);
    }

    /** Null where the snapshot does not say who wrote its text. */
    private static List<TextRun> runs(Snapshot read, String text) {
        if (read.getRuns().isEmpty() && !text.isEmpty()) {
            return null;
        }
        List<TextRun> runs = new ArrayList<>();
        for (dev.heddle.TextRun run : read.getRuns()) {
            TextOrigin origin = read.getOrigins().get(run.getOrigin());
            runs.add(new TextRun(run.getLength(), new Origin(origin.getVersion(), origin.getAuthor(),
                origin.getSession(), origin.getTime())));
        }
        return runs;
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }
}
