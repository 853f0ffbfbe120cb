package dev.heddle.schemas.serde;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Avro's binary encoding read from an array, with no trust in what it says of itself: no length is believed beyond the
 * bytes that are there, no count beyond one item per byte, and text must be UTF-8. Avro's own decoder allocates what a
 * length claims, and turns broken UTF-8 into replacement characters. One record each, one thread.
 */
public final class BoundedDecoder extends Decoder {

    /** Most items of all arrays and maps of one record; far above what the limits of operations and files lead to. */
    static final int MAX_ITEMS = 4_194_304;

    private final byte[] bytes;
    private int position;
    private long items;

    /**
     * A decoder of one record.
     *
     * @param bytes  the array
     * @param offset where the record begins; it ends with the array
     */
    public BoundedDecoder(byte[] bytes, int offset) {
        this.bytes = bytes;
        this.position = offset;
    }

    /** {@return number of bytes not read yet} */
    public int remaining() {
        return bytes.length - position;
    }

    @Override
    public void readNull() {
        // Takes no bytes.
    }

    @Override
    public boolean readBoolean() throws EOFException {
        require(1);
        byte value = bytes[position++];
        if (value != 0 && value != 1) {
            throw new AvroRuntimeException("boolean: byte " + value + " (expected: 0 or 1)");
        }
        return value == 1;
    }

    @Override
    public int readInt() throws EOFException {
        long value = readLong();
        if ((int) value != value) {
            throw new AvroRuntimeException("int: " + value + " (expected: 32 bits)");
        }
        return (int) value;
    }

    @Override
    public long readLong() throws EOFException {
        long raw = 0;
        int at = position;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (at == bytes.length) {
                throw early(1);
            }
            byte next = bytes[at++];
            raw |= (next & 0x7fL) << shift;
            if (next >= 0) {
                position = at;
                return raw >>> 1 ^ -(raw & 1);
            }
        }
        throw new AvroRuntimeException("long: more than 10 bytes (expected: 64 bits)");
    }

    @Override
    public float readFloat() throws EOFException {
        return Float.intBitsToFloat(Integer.reverseBytes(take(Float.BYTES).getInt()));
    }

    @Override
    public double readDouble() throws EOFException {
        return Double.longBitsToDouble(Long.reverseBytes(take(Double.BYTES).getLong()));
    }

    @Override
    public Utf8 readString(Utf8 old) throws EOFException {
        return new Utf8(readString());
    }

    @Override
    public String readString() throws EOFException {
        int length = readLength();
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        // Only text that holds a replacement character may have been broken, so only that is looked at twice.
        if (text.indexOf('\uFFFD') >= 0) {
            checkUtf8(length);
        }
        position += length;
        return text;
    }

    /**
     * {@return a text that comes again with many records}
     *
     * @param recent texts read lately
     * @throws EOFException where the record ends before it does
     */
    public String readString(RecentTexts recent) throws EOFException {
        int start = position;
        int length = readLength();
        String known = recent.find(bytes, position, length);
        if (known != null) {
            position += length;
            return known;
        }
        int from = position;
        position = start;
        String read = readString();
        recent.remember(bytes, from, length, read);
        return read;
    }

    /**
     * {@return whether a value that may be null is there}
     *
     * @throws EOFException where the record ends before it says so
     */
    public boolean readPresent() throws EOFException {
        int branch = readIndex();
        if (branch != 0 && branch != 1) {
            throw new AvroRuntimeException("union: branch " + branch + " (expected: 0 or 1)");
        }
        return branch == 1;
    }

    private void checkUtf8(int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes, position, length));
        } catch (CharacterCodingException broken) {
            throw new AvroRuntimeException("string: not UTF-8", broken);
        }
    }

    @Override
    public void skipString() throws EOFException {
        skip(readLength());
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws EOFException {
        byte[] value = new byte[readLength()];
        System.arraycopy(bytes, position, value, 0, value.length);
        position += value.length;
        return ByteBuffer.wrap(value);
    }

    @Override
    public void skipBytes() throws EOFException {
        skip(readLength());
    }

    @Override
    public void readFixed(byte[] target, int start, int length) throws EOFException {
        take(length).get(target, start, length);
    }

    @Override
    public void skipFixed(int length) throws EOFException {
        require(length);
        position += length;
    }

    @Override
    public int readEnum() throws EOFException {
        return readInt();
    }

    @Override
    public int readIndex() throws EOFException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws EOFException {
        return readCount();
    }

    @Override
    public long arrayNext() throws EOFException {
        return readCount();
    }

    @Override
    public long readMapStart() throws EOFException {
        return readCount();
    }

    @Override
    public long mapNext() throws EOFException {
        return readCount();
    }

    @Override
    public long skipArray() throws EOFException {
        return skipItems();
    }

    @Override
    public long skipMap() throws EOFException {
        return skipItems();
    }

    private long skipItems() throws EOFException {
        while (true) {
            long count = readLong();
            if (count >= 0) {
                return checkCount(count);
            }
            skip(readLength());
        }
    }

    private long readCount() throws EOFException {
        long count = readLong();
        if (count < 0) {
            readLength();
            count = -count;
        }
        return checkCount(count);
    }

    private long checkCount(long count) {
        if (count < 0 || count > remaining()) {
            throw new AvroRuntimeException("items: " + count + " in " + remaining()
                + " bytes (expected: at most one per byte)");
        }
        items += count;
        if (items > MAX_ITEMS) {
            throw new AvroRuntimeException("items: more than " + MAX_ITEMS + " in one record");
        }
        return count;
    }

    private void skip(int length) {
        position += length;
    }

    private int readLength() throws EOFException {
        long length = readLong();
        if (length < 0) {
            throw new AvroRuntimeException("length: " + length + " (expected: at least 0)");
        }
        require(length);
        return (int) length;
    }

    private ByteBuffer take(int length) throws EOFException {
        require(length);
        ByteBuffer taken = ByteBuffer.wrap(bytes, position, length);
        position += length;
        return taken;
    }

    private void require(long length) throws EOFException {
        if (length > remaining()) {
            throw early(length - remaining());
        }
    }

    private static EOFException early(long bytes) {
        return new EOFException("record ends " + bytes + " bytes early");
    }
}
