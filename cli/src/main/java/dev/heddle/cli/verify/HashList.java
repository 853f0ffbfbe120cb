package dev.heddle.cli.verify;

import dev.heddle.engine.workspace.Hash;
import java.util.ArrayList;
import java.util.List;

/** The hash of every version, 32 bytes each, in blocks; holds as many as fit in memory. One thread. */
final class HashList {

    private static final int BLOCK_HASHES = 1 << 15;

    private final List<byte[]> blocks = new ArrayList<>();
    private long size;

    /** Adds the hash of the next version. */
    void add(Hash hash) {
        int index = (int) (size % BLOCK_HASHES);
        if (index == 0) {
            blocks.add(new byte[BLOCK_HASHES * Hash.LENGTH_BYTES]);
        }
        System.arraycopy(hash.bytes(), 0, blocks.get(blocks.size() - 1), index * Hash.LENGTH_BYTES, Hash.LENGTH_BYTES);
        size++;
    }

    /** {@return how many there are: the newest version} */
    long size() {
        return size;
    }

    /** {@return the hash of a version, from 1 to the newest} */
    Hash get(long version) {
        byte[] block = blocks.get((int) ((version - 1) / BLOCK_HASHES));
        int from = (int) ((version - 1) % BLOCK_HASHES) * Hash.LENGTH_BYTES;
        return Hash.of(java.util.Arrays.copyOfRange(block, from, from + Hash.LENGTH_BYTES));
    }
}
