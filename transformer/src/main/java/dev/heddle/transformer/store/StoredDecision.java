package dev.heddle.transformer.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * One decision as it is stored, under the offset of the record it decided.
 *
 * @param index   which of its workspace's decisions this is, counted from 1 without gaps
 * @param input   by what the decided record is known
 * @param outcome what became of it
 */
public record StoredDecision(long index, InputStamp input, Outcome outcome) {

    private static final int FORMAT = 1;
    private static final int VERSION_AT = 1 + 2 * Long.BYTES + Integer.BYTES + 1;

    /** Checks the parts. */
    public StoredDecision {
        if (index < 1) {
            throw new IllegalArgumentException("index: " + index + " (expected: at least 1)");
        }
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(outcome, "outcome");
    }

    /** {@return the stored form; equal decisions have equal bytes} */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeLong(index);
            out.writeLong(input.timeMs());
            out.writeInt(input.checksum());
            write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private void write(DataOutputStream out) throws IOException {
        if (outcome instanceof Outcome.Committed committed) {
            out.writeByte('a');
            out.writeLong(committed.version());
            out.writeLong(committed.fingerprint());
            out.writeInt(committed.written() == null ? -1 : committed.written().length);
            if (committed.written() != null) {
                out.write(committed.written());
            }
            out.write(committed.canonical());
        } else if (outcome instanceof Outcome.Refused refused) {
            out.writeByte('r');
            writeText(out, refused.session());
            out.writeBoolean(refused.consumesSeq());
            out.writeLong(refused.fingerprint());
            out.write(refused.rejection());
        } else if (outcome instanceof Outcome.Repeated repeated) {
            out.writeByte('p');
            out.writeLong(repeated.originalOffset());
        } else if (outcome instanceof Outcome.Unreadable unreadable) {
            out.writeByte('u');
            writeText(out, unreadable.reason());
        }
    }

    /**
     * {@return the decision that these bytes hold}
     *
     * @param bytes the stored form
     * @throws IllegalArgumentException where they are not of that form
     */
    public static StoredDecision read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readUnsignedByte();
            if (format != FORMAT) {
                throw new IllegalArgumentException("stored decision: format " + format + " (expected: " + FORMAT + ")");
            }
            return new StoredDecision(in.readLong(), new InputStamp(in.readLong(), in.readInt()), outcome(in));
        } catch (IOException truncated) {
            throw new IllegalArgumentException("stored decision: " + bytes.length + " bytes (expected: more)",
                truncated);
        }
    }

    /** {@return the version that a decision's stored form says it took, or 0 where it took none} */
    static long version(byte[] bytes) {
        return bytes.length >= VERSION_AT + Long.BYTES && bytes[VERSION_AT - 1] == 'a'
            ? ByteBuffer.wrap(bytes).getLong(VERSION_AT) : 0;
    }

    private static Outcome outcome(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        switch (kind) {
            case 'a':
                return new Outcome.Committed(in.readLong(), in.readLong(), written(in), in.readAllBytes());
            case 'r':
                return new Outcome.Refused(readText(in), in.readBoolean(), in.readLong(), in.readAllBytes());
            case 'p':
                return new Outcome.Repeated(in.readLong());
            case 'u':
                return new Outcome.Unreadable(readText(in));
            default:
                throw new IllegalArgumentException("stored decision: kind " + kind + " (expected: a, r, p or u)");
        }
    }

    private static byte[] written(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : in.readNBytes(length);
    }

    static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
