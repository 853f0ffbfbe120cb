package dev.heddle.transformer.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Values of any length in a table of records of bounded length: cut into pieces under one key and a number each. A
 * value is there only if all of its pieces are.
 */
final class Pieces {

    static final int PIECE_BYTES = 512 * 1024;
    private static final int HEAD_BYTES = 2 * Integer.BYTES;

    private final Table table;

    Pieces(Table table) {
        this.table = table;
    }

    void put(byte[] key, byte[] value) {
        int count = Math.max(1, (value.length + PIECE_BYTES - 1) / PIECE_BYTES);
        // The first piece goes last, so that it is never there before the others.
        for (int piece = count - 1; piece >= 0; piece--) {
            int from = piece * PIECE_BYTES;
            int length = Math.min(PIECE_BYTES, value.length - from);
            ByteBuffer buffer = ByteBuffer.allocate(length + (piece == 0 ? HEAD_BYTES : 0));
            if (piece == 0) {
                buffer.putInt(count).putInt(checksum(value));
            }
            table.put(pieceKey(key, piece), buffer.put(value, from, length).array());
        }
    }

    /** {@return the value, or null where it is not or not wholly there} */
    byte[] get(byte[] key) {
        byte[] first = table.get(pieceKey(key, 0));
        if (first == null) {
            return null;
        }
        ByteBuffer head = ByteBuffer.wrap(first);
        int count = head.getInt();
        int checksum = head.getInt();
        List<ByteBuffer> pieces = new ArrayList<>(List.of(head));
        for (int piece = 1; piece < count; piece++) {
            byte[] bytes = table.get(pieceKey(key, piece));
            if (bytes == null) {
                return null;
            }
            pieces.add(ByteBuffer.wrap(bytes));
        }
        ByteBuffer whole = ByteBuffer.allocate(pieces.stream().mapToInt(ByteBuffer::remaining).sum());
        pieces.forEach(whole::put);
        return checksum(whole.array()) == checksum ? whole.array() : null;
    }

    void delete(byte[] key) {
        List<byte[]> further = new ArrayList<>();
        table.ascending(pieceKey(key, 1), pieceKey(key, Integer.MAX_VALUE), (pieceKey, value) -> further.add(pieceKey));
        table.delete(pieceKey(key, 0));
        further.forEach(table::delete);
    }

    static boolean isFirst(byte[] pieceKey) {
        return ByteBuffer.wrap(pieceKey, pieceKey.length - Integer.BYTES, Integer.BYTES).getInt() == 0;
    }

    static byte[] pieceKey(byte[] key, int piece) {
        return ByteBuffer.allocate(key.length + Integer.BYTES).put(key).putInt(piece).array();
    }

    private static int checksum(byte[] value) {
        CRC32C crc = new CRC32C();
        crc.update(value);
        return (int) crc.getValue();
    }
}
