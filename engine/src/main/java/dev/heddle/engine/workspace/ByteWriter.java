package dev.heddle.engine.workspace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the engine's binary forms: big endian numbers, texts as 32-bit byte length and UTF-8. For one thread. */
final class ByteWriter {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    /** Up to this length a text is tried as ASCII, which takes no array of its own. */
    private static final int SHORT_LENGTH_MAX = 32;

    private byte[] bytes;
    private int length;

    ByteWriter(int capacity) {
        bytes = new byte[capacity];
    }

    private void require(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), bytes.length * 2));
        }
    }

    ByteWriter putByte(int value) {
        require(1);
        bytes[length++] = (byte) value;
        return this;
    }

    ByteWriter putInt(int value) {
        require(Integer.BYTES);
        INT.set(bytes, length, value);
        length += Integer.BYTES;
        return this;
    }

    ByteWriter putLong(long value) {
        require(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
        return this;
    }

    ByteWriter putOptionalLong(Long value) {
        return value == null ? putByte(0) : putByte(1).putLong(value);
    }

    ByteWriter putBytes(byte[] value) {
        return putInt(value.length).putRaw(value);
    }

    ByteWriter putRaw(byte[] value) {
        require(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    /** Overwrites what was written before. */
    void setLong(int at, long value) {
        LONG.set(bytes, at, value);
    }

    ByteWriter putString(String value) {
        boolean written = value.length() <= SHORT_LENGTH_MAX && putAscii(value);
        return written ? this : putBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a text if all of it is ASCII; otherwise leaves everything as it was. */
    private boolean putAscii(String value) {
        int count = value.length();
        require(Integer.BYTES + count);
        int at = length + Integer.BYTES;
        for (int index = 0; index < count; index++) {
            char unit = value.charAt(index);
            if (unit >= 0x80) {
                return false;
            }
            bytes[at + index] = (byte) unit;
        }
        INT.set(bytes, length, count);
        length = at + count;
        return true;
    }

    ByteWriter putOptionalString(String value) {
        return value == null ? putByte(0) : putByte(1).putString(value);
    }

    void clear() {
        length = 0;
    }

    /** Goes back to what was written first, or on to what was written there before. */
    void setLength(int newLength) {
        length = newLength;
    }

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }
}
