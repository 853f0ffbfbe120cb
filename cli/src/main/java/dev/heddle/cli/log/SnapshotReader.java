package dev.heddle.cli.log;

import dev.heddle.Snapshot;
import dev.heddle.cli.verify.RunsHash;
import dev.heddle.cli.verify.SnapshotRecord;
import dev.heddle.engine.text.Text;
import dev.heddle.schemas.serde.BoundedDecoder;
import dev.heddle.schemas.serde.RecentTexts;
import dev.heddle.schemas.serde.RecordLayout;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import java.io.EOFException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Snapshots straight to what a proof needs of them, field by field as {@code Snapshot.avsc} has them: most of a
 * snapshot is who wrote what, of which only a hash is kept. One thread.
 */
final class SnapshotReader {

    private final RecordLayout layout;
    private final RecentTexts workspaces = new RecentTexts();
    private final RecentTexts authors = new RecentTexts();
    private final RecentTexts sessions = new RecentTexts();
    private final RunsHash.Origins hashes = new RunsHash.Origins();
    private long[] origins = new long[16];

    /**
     * A reader.
     *
     * @param registry knows the schemas of ids
     */
    SnapshotReader(SchemaRegistryClient registry) {
        layout = new RecordLayout(registry, Snapshot.getClassSchema());
    }

    /**
     * {@return a snapshot, or null where it is to be read, or refused, in the general way}
     *
     * @param position where it stands
     * @param key      id of the file its key says
     * @param value    its bytes
     */
    SnapshotRecord read(long position, String key, byte[] value) {
        if (!layout.isOf(value)) {
            return null;
        }
        try {
            return read(position, key, new BoundedDecoder(value, RecordLayout.PREFIX_BYTES));
        } catch (EOFException | RuntimeException notPlain) {
            return null;
        }
    }

    private SnapshotRecord read(long position, String key, BoundedDecoder in) throws EOFException {
        in.readString(workspaces);
        String file = in.readString();
        String path = in.readString();
        boolean deleted = in.readBoolean();
        long version = in.readLong();
        long fileVersion = in.readLong();
        String plain = in.readString();
        Text text = Text.of(plain);
        String statedHash = hex(in);
        String chainHash = hex(in);
        long timeMs = in.readLong();
        in.readLong();
        long oldest = in.readLong();
        String deletedText = in.readPresent() ? in.readString() : null;
        int count = origins(in);
        String runs = runs(in, count, !(deletedText == null ? plain : deletedText).isEmpty());
        return in.remaining() > 0 ? null : new SnapshotRecord(position, key, file, path, deleted, version, fileVersion,
            text.lengthCodePoints(), text.sha256Hex(), statedHash,
            deletedText == null ? null : Text.of(deletedText).sha256Hex(), chainHash, timeMs, oldest, runs, null);
    }

    private static String hex(BoundedDecoder in) throws EOFException {
        return HexFormat.of().formatHex(in.readBytes(null).array());
    }

    private int origins(BoundedDecoder in) throws EOFException {
        int count = 0;
        for (long block = in.readArrayStart(); block > 0; block = in.arrayNext()) {
            room(count + block);
            for (long left = block; left > 0; left--) {
                long version = in.readLong();
                String author = in.readString(authors);
                String session = in.readString(sessions);
                origins[count++] = hashes.of(version, in.readLong(), author, session);
            }
        }
        return count;
    }

    private void room(long count) {
        if (count > origins.length) {
            origins = Arrays.copyOf(origins, Math.toIntExact(Math.max(count, origins.length * 2L)));
        }
    }

    /** Null where it does not say who wrote a text that there is. */
    private String runs(BoundedDecoder in, int count, boolean anyText) throws EOFException {
        RunsHash hash = new RunsHash();
        boolean any = false;
        for (long block = in.readArrayStart(); block > 0; block = in.arrayNext()) {
            for (long left = block; left > 0; left--) {
                int length = in.readInt();
                int origin = in.readInt();
                if (length < 1 || origin >= count) {
                    throw new IllegalArgumentException("run of length " + length + " by origin " + origin);
                }
                hash.add(length, origins[origin]);
                any = true;
            }
        }
        return any || !anyText ? hash.toString() : null;
    }
}
