package dev.heddle.engine.workspace;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what {@link ByteWriter} wrote; throws {@link IllegalArgumentException} where the bytes end too early. */
final class ByteReader {

    private final ByteBuffer buffer;

    ByteReader(byte[] bytes) {
        buffer = ByteBuffer.wrap(bytes);
    }

    byte getByte() {
        require(1);
        return buffer.get();
    }

    int getInt() {
        require(Integer.BYTES);
        return buffer.getInt();
    }

    long getLong() {
        require(Long.BYTES);
        return buffer.getLong();
    }

    byte[] getBytes() {
        return getRaw(getInt());
    }

    byte[] getRaw(int length) {
        require(length);
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    String getString() {
        return new String(getBytes(), StandardCharsets.UTF_8);
    }

    String getOptionalString() {
        return getByte() == 0 ? null : getString();
    }

    /** A count of items of which each takes at least one byte. */
    int getCount() {
        int count = getInt();
        require(count);
        return count;
    }

    void requireEnd() {
        if (buffer.hasRemaining()) {
            throw new IllegalArgumentException(buffer.remaining() + " bytes too many (expected: the end)");
        }
    }

    private void require(int length) {
        if (length < 0 || buffer.remaining() < length) {
            throw new IllegalArgumentException("bytes end at " + buffer.limit() + " (expected: " + length
                + " more at " + buffer.position() + ")", new BufferUnderflowException());
        }
    }
}
