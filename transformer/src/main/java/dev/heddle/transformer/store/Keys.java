package dev.heddle.transformer.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The keys of a shard's table: the workspace's name, a zero byte, a letter for the kind of entry, and numbers as eight
 * bytes big endian, so that a workspace's entries of a kind lie together and in order.
 */
final class Keys {

    static final char DECISION = 'd';
    static final char PACK = 'p';
    static final char PACK_OFFSET = 'o';
    static final char CHECKPOINT = 'c';
    static final char TEXT = 't';
    static final char MARK = 'm';
    static final char HOME = 'h';
    static final char FENCE = 'f';

    private Keys() {
    }

    static byte[] of(String workspace, char kind) {
        return start(workspace, kind, 0).array();
    }

    static byte[] of(String workspace, char kind, long number) {
        return start(workspace, kind, Long.BYTES).putLong(number).array();
    }

    /** {@return the key of a part's place; the first part's has no number, as most workspaces have only that} */
    static byte[] home(String workspace, int part) {
        return part == 0 ? of(workspace, HOME) : of(workspace, HOME, part);
    }

    static byte[] text(String workspace, String file, long version) {
        byte[] id = file.getBytes(StandardCharsets.UTF_8);
        return start(workspace, TEXT, id.length + Long.BYTES).put(id).putLong(version).array();
    }

    /** {@return the number that a key ends with, before so many bytes} */
    static long number(byte[] key, int bytesAfter) {
        return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES - bytesAfter);
    }

    private static ByteBuffer start(String workspace, char kind, int moreBytes) {
        byte[] name = workspace.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + 2 + moreBytes).put(name).put((byte) 0).put((byte) kind);
    }
}
