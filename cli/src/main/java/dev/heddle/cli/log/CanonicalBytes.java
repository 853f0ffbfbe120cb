package dev.heddle.cli.log;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.Anchor;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Operation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * A canonical operation as the transformer writes it: the Avro bytes without the schema id, field by field as {@code
 * CanonicalOp.avsc} has them. Proving a long log is little more than this, so nothing is made in between. One thread.
 */
public final class CanonicalBytes implements Function<CanonicalOperation, byte[]> {

    private static final int EDIT = 0;
    private static final int CREATE = 2;
    private static final int RENAME = 3;
    private static final int DELETE = 4;
    private static final int NOOP = 5;
    private static final int BUFFER_BYTES = 512;
    private static final int BUFFER_BYTES_MAX = 1 << 16;

    private final Buffer bytes = new Buffer();
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);

    /** What was written, without a lock and without a copy. */
    private static final class Buffer extends OutputStream {

        private byte[] array = new byte[BUFFER_BYTES];
        private int length;

        @Override
        public void write(int value) {
            require(1);
            array[length++] = (byte) value;
        }

        @Override
        public void write(byte[] source, int from, int count) {
            require(count);
            System.arraycopy(source, from, array, length, count);
            length += count;
        }

        private void require(int more) {
            if (array.length - length < more) {
                array = Arrays.copyOf(array, Math.max(Math.addExact(length, more), array.length * 2));
            }
        }

        void clear() {
            length = 0;
            if (array.length > BUFFER_BYTES_MAX) {
                array = new byte[BUFFER_BYTES];
            }
        }
    }

    @Override
    public byte[] apply(CanonicalOperation operation) {
        write(operation);
        return Arrays.copyOf(bytes.array, bytes.length);
    }

    /**
     * {@return where what is before the last field, which says how the operation came in, ends in an encoding; -1 where
     * the encoding is not that of the operation}
     *
     * @param operation the operation
     * @param value     the encoding
     * @param from      where it begins
     */
    int provenEnd(CanonicalOperation operation, byte[] value, int from) {
        write(operation);
        // The last byte says that nothing is said of how it came in.
        int length = bytes.length - 1;
        return value.length - from >= length
            && Arrays.equals(value, from, from + length, bytes.array, 0, length) ? from + length : -1;
    }

    private void write(CanonicalOperation operation) {
        bytes.clear();
        try {
            encoder.writeString(operation.workspace());
            encoder.writeLong(operation.version());
            optional(operation.file());
            optional(operation.path());
            encoder.writeString(operation.author());
            encoder.writeString(operation.session());
            encoder.writeLong(operation.seq());
            encoder.writeLong(operation.base());
            optional(operation.after());
            encoder.writeLong(operation.sourceOffset());
            encoder.writeLong(operation.timeMs());
            body(operation.operation());
            encoder.writeBytes(operation.previousHash().bytes());
            encoder.writeBytes(operation.hash().bytes());
            optional((String) null);
            encoder.flush();
        } catch (IOException error) {
            throw new UncheckedIOException("writing to memory", error);
        }
    }

    private void body(Operation operation) throws IOException {
        if (operation instanceof Operation.Edit edit) {
            encoder.writeIndex(EDIT);
            target(edit.target());
            changes(edit.changes());
            anchor(edit.anchor());
        } else if (operation instanceof Operation.Create create) {
            encoder.writeIndex(CREATE);
            encoder.writeString(create.path());
            encoder.writeString(create.text());
            optional(create.file());
        } else if (operation instanceof Operation.Rename rename) {
            encoder.writeIndex(RENAME);
            target(rename.target());
            encoder.writeString(rename.to());
        } else if (operation instanceof Operation.Delete delete) {
            encoder.writeIndex(DELETE);
            target(delete.target());
        } else if (operation instanceof Operation.Noop) {
            encoder.writeIndex(NOOP);
        } else {
            throw new IllegalArgumentException("operation " + operation + " (expected: a canonical one)");
        }
    }

    private void target(FileReference target) throws IOException {
        optional(target.file());
        optional(target.path());
    }

    private void changes(List<Change> changes) throws IOException {
        encoder.writeArrayStart();
        encoder.setItemCount(changes.size());
        for (Change change : changes) {
            encoder.startItem();
            encoder.writeInt(change.at());
            encoder.writeInt(change.delete());
            encoder.writeString(change.insert());
            optional(change.deleted());
        }
        encoder.writeArrayEnd();
    }

    private void anchor(Anchor anchor) throws IOException {
        encoder.writeIndex(anchor == null ? 0 : 1);
        if (anchor != null) {
            encoder.writeString(anchor.find());
            encoder.writeString(anchor.with());
            encoder.writeEnum(switch (anchor.occurrence()) {
                case ONLY -> 0;
                case FIRST -> 1;
                case ALL -> 2;
            });
        }
    }

    private void optional(String text) throws IOException {
        encoder.writeIndex(text == null ? 0 : 1);
        if (text != null) {
            encoder.writeString(text);
        }
    }

    private void optional(Long number) throws IOException {
        encoder.writeIndex(number == null ? 0 : 1);
        if (number != null) {
            encoder.writeLong(number);
        }
    }
}
