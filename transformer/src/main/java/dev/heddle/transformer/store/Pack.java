package dev.heddle.transformer.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The decisions of consecutive versions in one compressed entry. Old decisions are many and seldom read; packed, they
 * are few for whoever restores a store from its changelog. Immutable.
 */
public final class Pack {

    private static final int FORMAT = 1;

    private final long firstVersion;
    private final long[] offsets;
    private final byte[][] decisions;

    private Pack(long firstVersion, long[] offsets, byte[][] decisions) {
        this.firstVersion = firstVersion;
        this.offsets = offsets;
        this.decisions = decisions;
    }

    /** Collects the decisions of a pack, in the order of their versions. One thread. */
    public static final class Builder {

        private final long firstVersion;
        private final List<Long> offsets = new ArrayList<>();
        private final List<byte[]> decisions = new ArrayList<>();
        private long bytes;

        /**
         * Nothing yet.
         *
         * @param firstVersion the version of the first decision to come
         */
        public Builder(long firstVersion) {
            this.firstVersion = firstVersion;
        }

        /**
         * Adds the decision of the next version.
         *
         * @param offset   the decided record's offset
         * @param decision the decision's stored form
         */
        public void add(long offset, byte[] decision) {
            offsets.add(offset);
            decisions.add(decision);
            bytes += decision.length;
        }

        /** {@return bytes of the decisions added so far} */
        public long bytes() {
            return bytes;
        }

        /** {@return the pack} */
        public Pack build() {
            return new Pack(firstVersion, offsets.stream().mapToLong(Long::longValue).toArray(),
                decisions.toArray(byte[][]::new));
        }
    }

    /** {@return the version of the first decision} */
    public long firstVersion() {
        return firstVersion;
    }

    /** {@return the version of the last decision} */
    public long lastVersion() {
        return firstVersion + offsets.length - 1;
    }

    long firstOffset() {
        return offsets[0];
    }

    long lastOffset() {
        return offsets[offsets.length - 1];
    }

    int size() {
        return offsets.length;
    }

    long offset(int at) {
        return offsets[at];
    }

    StoredDecision decision(int at) {
        return StoredDecision.read(decisions[at]);
    }

    /** {@return which of its decisions is that of an offset; negative where none is} */
    int find(long offset) {
        return Arrays.binarySearch(offsets, offset);
    }

    /** {@return the stored form} */
    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        bytes.write(FORMAT);
        Deflater fast = new Deflater(Deflater.BEST_SPEED);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes, fast, 8192))) {
            out.writeLong(firstVersion);
            out.writeInt(offsets.length);
            for (int i = 0; i < offsets.length; i++) {
                out.writeLong(offsets[i]);
                out.writeInt(decisions[i].length);
                out.write(decisions[i]);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            fast.end();
        }
        return bytes.toByteArray();
    }

    /**
     * {@return the pack that these bytes hold}
     *
     * @param bytes the stored form
     * @throws IllegalArgumentException where they are not of that form
     */
    static Pack read(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != FORMAT) {
            throw new IllegalArgumentException("packed decisions: " + bytes.length + " bytes of format "
                + (bytes.length == 0 ? "none" : bytes[0]) + " (expected: format " + FORMAT + ")");
        }
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(
            new ByteArrayInputStream(bytes, 1, bytes.length - 1)))) {
            long firstVersion = in.readLong();
            List<Long> offsets = new ArrayList<>();
            List<byte[]> decisions = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                offsets.add(in.readLong());
                decisions.add(exactly(in, in.readInt()));
            }
            if (offsets.isEmpty()) {
                throw new IllegalArgumentException("packed decisions: none (expected: at least 1)");
            }
            return new Pack(firstVersion, offsets.stream().mapToLong(Long::longValue).toArray(),
                decisions.toArray(byte[][]::new));
        } catch (IOException damaged) {
            throw new IllegalArgumentException("packed decisions: " + bytes.length + " damaged bytes", damaged);
        }
    }

    private static byte[] exactly(DataInputStream in, int length) throws IOException {
        byte[] decision = in.readNBytes(Math.max(0, length));
        if (decision.length != length) {
            throw new IOException("a decision of " + decision.length + " bytes (expected: " + length + ")");
        }
        return decision;
    }
}
