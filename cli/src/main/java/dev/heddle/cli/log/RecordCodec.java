package dev.heddle.cli.log;

import dev.heddle.CanonicalOp;
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
import dev.heddle.engine.workspace.Submission;
import dev.heddle.engine.workspace.TextRun;
import dev.heddle.schemas.codec.CodecException;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.codec.SubmissionReader;
import dev.heddle.schemas.codec.Via;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.serde.MalformedRecordException;
import dev.heddle.schemas.serde.RecordLayout;
import dev.heddle.schemas.serde.SchemaNotFoundException;
import dev.heddle.schemas.serde.SchemaRefusedException;
import dev.heddle.schemas.serde.SchemaRegistryClient;
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

    /** What a transformer may say of how an operation came in, as Avro has it: nothing, or one of two words. */
    private static final List<byte[]> VIAS = List.of(new byte[] {0}, said(Via.GATEWAY), said(Via.KAFKA));

    private final SubmissionReader submissions;
    private final RecordLayout canonicalLayout;
    private final SnapshotReader snapshotReader;
    private final Deserializer<CanonicalOp> canonicalOps;
    private final CanonicalBytes canonicalBytes = new CanonicalBytes();
    private final Deserializer<Snapshot> snapshots;
    private final Deserializer<Workspace> workspaces;

    RecordCodec(SchemaRegistryClient registry) {
        HeddleSerdes serdes = HeddleSerdes.of(registry);
        submissions = new SubmissionReader(registry);
        canonicalLayout = new RecordLayout(registry, CanonicalOp.getClassSchema());
        snapshotReader = new SnapshotReader(registry);
        canonicalOps = serdes.canonicalOp().deserializer();
        snapshots = serdes.snapshot().deserializer();
        workspaces = serdes.workspace().deserializer();
    }

    private static byte[] said(String via) {
        ByteBuffer said = ByteBuffer.allocate(2 + via.length());
        return said.put((byte) 2).put((byte) (via.length() * 2)).put(via.getBytes(StandardCharsets.US_ASCII)).array();
    }

    Workspace workspace(ConsumerRecord<byte[], byte[]> record) {
        return workspaces.deserialize(record.topic(), record.value());
    }

    RawRecord raw(ConsumerRecord<byte[], byte[]> record, LogPart part) {
        long position = part.position(record.offset());
        try {
            Submission read = submissions.read(record.topic(), record.value(), position, record.timestamp());
            return read == null ? new RawRecord(position, record.timestamp(), null, "it has no value")
                : RawRecord.of(read);
        } catch (MalformedRecordException | SchemaNotFoundException | SchemaRefusedException | CodecException error) {
            return new RawRecord(position, record.timestamp(), null, error.getMessage());
        }
    }

    CanonicalRecord canonical(ConsumerRecord<byte[], byte[]> record) {
        long version = version(record.key());
        byte[] value = record.value();
        if (value == null) {
            return CanonicalRecord.tombstone(record.offset(), version);
        }
        boolean today = canonicalLayout.isOf(value);
        return new CanonicalRecord(record.offset(), version, today ? proven -> says(value, proven) : null,
            () -> content(record, today));
    }

    /**
     * The raw log decides every byte but how an operation came into it, which only who has the gateways' key can tell;
     * so that may be any of what transformers write.
     */
    private boolean says(byte[] value, CanonicalOperation proven) {
        int end = canonicalBytes.provenEnd(proven, value, RecordLayout.PREFIX_BYTES);
        if (end < 0) {
            return false;
        }
        for (byte[] via : VIAS) {
            if (Arrays.equals(value, end, value.length, via, 0, via.length)) {
                return true;
            }
        }
        return false;
    }

    LoggedOperation operation(ConsumerRecord<byte[], byte[]> record) {
        try {
            return LoggedOperation.of(content(record, false));
        } catch (UnreadableRecordException error) {
            throw new CliException(ExitCode.REFUSED, "UNREADABLE_RECORD", "the record at offset " + record.offset()
                + " of " + record.topic() + " cannot be read: " + error.getMessage(),
                "heddle verify says what it should be");
        }
    }

    private CanonicalOperation content(ConsumerRecord<byte[], byte[]> record, boolean today) {
        CanonicalOperation content;
        try {
            content = OperationCodec.canonical(canonicalOps.deserialize(record.topic(), record.value()));
        } catch (MalformedRecordException | SchemaNotFoundException | SchemaRefusedException | IllegalArgumentException
                 | CodecException error) {
            throw new UnreadableRecordException(what(error));
        }
        if (today && !says(record.value(), content)) {
            throw new UnreadableRecordException("it is encoded otherwise than a transformer does, or says something "
                + "else than " + Via.GATEWAY + " or " + Via.KAFKA + " of how it came in");
        }
        return content;
    }

    private static long version(byte[] key) {
        int slash = key.length - CanonicalKeys.VERSION_DIGITS - 1;
        // No version has as many digits as there is room for, so the first is a zero.
        if (slash < 1 || key[slash] != '/' || key[slash + 1] != '0') {
            return 0;
        }
        for (int index = 0; index < slash; index++) {
            if (key[index] == '/') {
                return 0;
            }
        }
        long version = 0;
        for (int index = slash + 2; index < key.length; index++) {
            int digit = key[index] - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            version = version * 10 + digit;
        }
        // Nineteen nines are below twice the largest number, so what is too large has become negative.
        return Math.max(0, version);
    }

    /** The same without the texts themselves. */
    SnapshotRecord snapshotRecord(ConsumerRecord<byte[], byte[]> record) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        try {
            SnapshotRecord read = snapshotReader.read(record.offset(), WorkspaceKeys.parse(key).id(), record.value());
            return read == null ? snapshot(record).record() : read;
        } catch (IllegalArgumentException malformed) {
            return snapshot(record).record();
        }
    }

    SnapshotText snapshot(ConsumerRecord<byte[], byte[]> record) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        try {
            String id = WorkspaceKeys.parse(key).id();
            return snapshot(record.offset(), id, snapshots.deserialize(record.topic(), record.value()));
        } catch (MalformedRecordException | SchemaNotFoundException | SchemaRefusedException | IllegalArgumentException
                 | IndexOutOfBoundsException error) {
            return new SnapshotText(SnapshotRecord.unreadable(record.offset(), key, what(error)), null, null,
                null);
        }
    }

    /** Not every exception of Java's own says something. */
    private static String what(RuntimeException error) {
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
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
