package dev.heddle.schemas.codec;

import dev.heddle.ClientOp;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.Anchor;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.schemas.serde.AvroDeserializer;
import dev.heddle.schemas.serde.BoundedDecoder;
import dev.heddle.schemas.serde.RecentTexts;
import dev.heddle.schemas.serde.RecordLayout;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;

/**
 * Raw records straight to submissions, for those who read long logs. A record in the layout of today is read field by
 * field, without Avro's records in between; every other one, and every one that is not as it should be, goes the
 * general way through {@link AvroDeserializer} and {@link OperationCodec}, which has the last word on what is an error.
 * One thread.
 */
public final class SubmissionReader {

    private static final int EDIT = 0;
    private static final int REPLACE = 1;
    private static final int CREATE = 2;
    private static final int RENAME = 3;
    private static final int DELETE = 4;
    private static final int NOOP = 5;
    private static final Anchor.Occurrence[] OCCURRENCES =
        {Anchor.Occurrence.ONLY, Anchor.Occurrence.FIRST, Anchor.Occurrence.ALL};

    private final RecordLayout layout;
    private final AvroDeserializer<ClientOp> general;
    private final RecentTexts recent = new RecentTexts();

    /** The record is not what the quick way takes. */
    private static final class NotPlainException extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private static final NotPlainException INSTANCE = new NotPlainException();

        NotPlainException() {
            super("the general way", null, false, false);
        }
    }

    /**
     * A reader.
     *
     * @param registry knows the schemas of ids
     */
    public SubmissionReader(SchemaRegistryClient registry) {
        layout = new RecordLayout(registry, ClientOp.getClassSchema());
        general = new AvroDeserializer<>(registry, ClientOp.getClassSchema());
    }

    /**
     * {@return a submitted record as the sequencer takes it, or null for a tombstone}
     *
     * @param topic        the topic it was read from, for the error
     * @param value        its bytes, or null
     * @param sourceOffset its place in the raw log
     * @param timeMs       its log-append time, milliseconds since 1970 UTC
     * @throws dev.heddle.schemas.serde.AvroSerdeException as {@link AvroDeserializer#deserialize} does
     * @throws CodecException                              as {@link OperationCodec#submission} does
     */
    public Submission read(String topic, byte[] value, long sourceOffset, long timeMs) {
        if (layout.isOf(value)) {
            try {
                return plain(new BoundedDecoder(value, RecordLayout.PREFIX_BYTES), sourceOffset, timeMs);
            } catch (EOFException | RuntimeException notPlain) {
                // What is wrong with it, if anything is, is said below.
                return general(topic, value, sourceOffset, timeMs);
            }
        }
        return general(topic, value, sourceOffset, timeMs);
    }

    private Submission general(String topic, byte[] value, long sourceOffset, long timeMs) {
        ClientOp read = general.deserialize(topic, value);
        return read == null ? null : OperationCodec.submission(read, sourceOffset, timeMs);
    }

    private Submission plain(BoundedDecoder in, long sourceOffset, long timeMs) throws EOFException {
        String session = Fields.session(in.readString(recent));
        long seq = Fields.atLeast("seq", in.readLong(), 1);
        long base = Fields.atLeast("base", in.readLong(), 0);
        Long after = in.readPresent() ? Fields.after(in.readLong()) : null;
        String author = known(in);
        Operation operation = operation(in);
        boolean handover = in.readPresent();
        if (handover || in.remaining() > 0) {
            throw NotPlainException.INSTANCE;
        }
        return new Submission(session, seq, base, after, author, operation, sourceOffset, timeMs);
    }

    private Operation operation(BoundedDecoder in) throws EOFException {
        switch (in.readIndex()) {
            case EDIT:
                Operation edit = new Operation.Edit(target(in), changes(in));
                // Only canonical operations carry an anchor.
                return plainly(edit, in.readPresent());
            case REPLACE:
                return new Operation.Replace(target(in),
                    new Anchor(in.readString(), in.readString(), OCCURRENCES[in.readEnum()]));
            case CREATE:
                return new Operation.Create(in.readString(recent), in.readString(), known(in));
            case RENAME:
                return new Operation.Rename(target(in), in.readString());
            case DELETE:
                return new Operation.Delete(target(in));
            case NOOP:
                return new Operation.Noop();
            default:
                throw NotPlainException.INSTANCE;
        }
    }

    private static Operation plainly(Operation operation, boolean more) {
        if (more) {
            throw NotPlainException.INSTANCE;
        }
        return operation;
    }

    private FileReference target(BoundedDecoder in) throws EOFException {
        return Fields.target(known(in), known(in));
    }

    private static List<Change> changes(BoundedDecoder in) throws EOFException {
        long count = in.readArrayStart();
        if (count == 1) {
            Change only = change(in);
            count = in.arrayNext();
            return count == 0 ? List.of(only) : more(in, count, only);
        }
        return more(in, count, null);
    }

    private static List<Change> more(BoundedDecoder in, long first, Change before) throws EOFException {
        List<Change> changes = new ArrayList<>();
        if (before != null) {
            changes.add(before);
        }
        for (long count = first; count > 0; count = in.arrayNext()) {
            for (long left = count; left > 0; left--) {
                changes.add(change(in));
            }
        }
        return changes;
    }

    private static Change change(BoundedDecoder in) throws EOFException {
        Change change = new Change(in.readInt(), in.readInt(), in.readString());
        if (in.readPresent()) {
            // Only canonical operations say what was deleted.
            throw NotPlainException.INSTANCE;
        }
        return change;
    }

    /** A text that may be absent and that other records have too. */
    private String known(BoundedDecoder in) throws EOFException {
        return in.readPresent() ? in.readString(recent) : null;
    }
}
