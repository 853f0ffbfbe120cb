package dev.heddle.schemas.codec;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Operation;
import java.util.function.ToIntFunction;

/** Whether an operation's record is too large for the canonical topic, by the transformer's rule. Any thread. */
public final class CanonicalSize {

    /** Room that the transformer leaves for key, headers and batch around a value. */
    private static final int AROUND_VALUE_BYTES = 4 * 1024;
    private static final int FIELDS_BYTES_MAX = 16 * 1024;
    /** UTF-8 takes at most this many bytes for a UTF-16 unit. */
    private static final int UTF8_BYTES_MAX = 3;
    private static final int CHANGE_BYTES_MAX = 32;

    private final ToIntFunction<CanonicalOperation> valueBytes;
    private final int recordBytesMax;

    /**
     * A rule.
     *
     * @param valueBytes     bytes of an operation's record as it is written, the schema's id included, without a word
     *                       of how it came in
     * @param recordBytesMax largest record, bytes
     */
    public CanonicalSize(ToIntFunction<CanonicalOperation> valueBytes, int recordBytesMax) {
        this.valueBytes = valueBytes;
        this.recordBytesMax = recordBytesMax;
    }

    /**
     * {@return whether the record is too large; it is only encoded where that is not plain to see}
     *
     * @param operation the operation
     */
    public boolean exceeded(CanonicalOperation operation) {
        if (atMost(operation) + AROUND_VALUE_BYTES <= recordBytesMax) {
            return false;
        }
        return valueBytes.applyAsInt(operation) + AROUND_VALUE_BYTES > recordBytesMax;
    }

    private static long atMost(CanonicalOperation operation) {
        long bytes = FIELDS_BYTES_MAX;
        if (operation.operation() instanceof Operation.Create create) {
            bytes += (long) UTF8_BYTES_MAX * create.text().length();
        } else if (operation.operation() instanceof Operation.Edit edit) {
            for (Change change : edit.changes()) {
                long units = change.insert().length() + (change.deleted() == null ? 0 : change.deleted().length());
                bytes += CHANGE_BYTES_MAX + UTF8_BYTES_MAX * units;
            }
            if (edit.anchor() != null) {
                bytes += (long) UTF8_BYTES_MAX * (edit.anchor().find().length() + edit.anchor().with().length());
            }
        }
        return bytes;
    }
}
