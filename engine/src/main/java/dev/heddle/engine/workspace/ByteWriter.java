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
    private static final int REMEMBERED = 32;
    private static final int REMEMBERED_LENGTH_MAX = 64;

    /** Short texts written before, by hash: names and ids come again and again. */
    private final String[] texts = new String[REMEMBERED];
    private final byte[][] utf8 = new byte[REMEMBERED][];
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
        putInt(value.length);
        require(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    ByteWriter putRaw(byte[] value) {
        require(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    ByteWriter putString(String value) {
        if (value.length() > REMEMBERED_LENGTH_MAX) {
            return putBytes(value.getBytes(StandardCharsets.UTF_8));
        }
        int slot = value.hashCode() & REMEMBERED - 1;
        if (!value.equals(texts[slot])) {
            texts[slot] = value;
            utf8[slot] = value.getBytes(StandardCharsets.UTF_8);
        }
        return putBytes(utf8[slot]);
    }

    ByteWriter putOptionalString(String value) {
        return value == null ? putByte(0) : putByte(1).putString(value);
    }

    void clear() {
        length = 0;
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
