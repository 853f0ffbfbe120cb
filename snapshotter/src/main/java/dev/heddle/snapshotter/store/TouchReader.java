package dev.heddle.snapshotter.store;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.schemas.serde.BoundedDecoder;
import dev.heddle.schemas.serde.MalformedRecordException;
import dev.heddle.schemas.serde.RecentTexts;
import dev.heddle.schemas.serde.RecordLayout;
import java.io.EOFException;
import java.util.function.Function;
import org.apache.avro.AvroRuntimeException;

/**
 * Reads of stored operations only what {@link Touch} holds, which is many times faster than all of it: for looking
 * through a whole log. One walk each, one thread.
 */
final class TouchReader {

    /** Place of a deletion among the kinds of operations in {@code CanonicalOp.avsc}. */
    private static final int DELETE = 4;

    private final RecordLayout layout;
    private final Function<byte[], CanonicalOperation> whole;
    private final RecentTexts recent = new RecentTexts();

    /**
     * A reader.
     *
     * @param layout tells the records that can be read in part; null where none can
     * @param whole  reads any record
     */
    TouchReader(RecordLayout layout, Function<byte[], CanonicalOperation> whole) {
        this.layout = layout;
        this.whole = whole;
    }

    Touch read(byte[] value) {
        if (layout == null || !layout.isOf(value)) {
            CanonicalOperation operation = whole.apply(value);
            return new Touch(operation.version(), operation.file(),
                operation.operation() instanceof Operation.Delete);
        }
        try {
            return part(new BoundedDecoder(value, RecordLayout.PREFIX_BYTES));
        } catch (EOFException | AvroRuntimeException malformed) {
            throw new MalformedRecordException("not an operation: " + malformed.getMessage(), malformed);
        }
    }

    private Touch part(BoundedDecoder in) throws EOFException {
        in.skipString();
        long version = in.readLong();
        String file = in.readPresent() ? in.readString(recent) : null;
        if (in.readPresent()) {
            in.skipString();
        }
        in.skipString();
        in.skipString();
        in.readLong();
        in.readLong();
        if (in.readPresent()) {
            in.readLong();
        }
        in.readLong();
        in.readLong();
        return new Touch(version, file, in.readIndex() == DELETE);
    }
}
