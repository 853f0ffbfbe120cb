package dev.heddle.engine.workspace;

import dev.heddle.engine.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Everything that deciding goes on from, as of one version: the files, and what the engine remembers of sessions and
 * paths.
 *
 * <p>Immutable, and cheap to take: texts are shared with the state it was taken from.
 *
 * @param workspace        the workspace's name
 * @param version          its version
 * @param hash             the hash of that version
 * @param lastSourceOffset offset in the raw log of the newest submission decided, -1 before the first
 * @param files            all files, deleted ones included, sorted by id
 * @param sessions         the engine's own encoding of the session table and the path history
 */
public record Checkpoint(String workspace, long version, Hash hash, long lastSourceOffset, List<FileImage> files,
                         byte[] sessions) {

    private static final int MANIFEST_FORMAT = 1;

    /** Copies the lists, so that the value never changes. */
    public Checkpoint {
        Objects.requireNonNull(workspace, "workspace");
        Objects.requireNonNull(hash, "hash");
        files = List.copyOf(files);
        sessions = sessions.clone();
    }

    /** {@return a copy of the encoded sessions} */
    @Override
    public byte[] sessions() {
        return sessions.clone();
    }

    /** Finds the text of a file that a manifest only names. */
    @FunctionalInterface
    public interface TextSource {
        /**
         * {@return the text, never null}
         *
         * @param file    the file's id
         * @param version version of the file's last change
         */
        Text text(String file, long version);
    }

    /**
     * {@return all of it but the texts, as bytes; the same for equal checkpoints}
     *
     * <p>A live file's text is to be kept elsewhere under its id and its {@link FileImage#version()}.
     */
    public byte[] manifest() {
        ByteWriter out = new ByteWriter(256 + files.size() * 96 + sessions.length);
        out.putByte(MANIFEST_FORMAT).putString(workspace).putLong(version).putRaw(hash.bytes())
            .putLong(lastSourceOffset).putInt(files.size());
        for (FileImage file : files) {
            out.putString(file.file()).putString(file.path()).putByte(file.deleted() ? 1 : 0).putLong(file.version());
        }
        return out.putBytes(sessions).toBytes();
    }

    /**
     * {@return the checkpoint of a manifest}
     *
     * @param manifest what {@link #manifest()} gave
     * @param texts    asked for the text of each live file
     * @throws IllegalArgumentException if the bytes are not a manifest
     */
    public static Checkpoint ofManifest(byte[] manifest, TextSource texts) {
        ByteReader in = new ByteReader(manifest);
        int format = in.getByte();
        if (format != MANIFEST_FORMAT) {
            throw new IllegalArgumentException("checkpoint manifest format " + format + " (expected: "
                + MANIFEST_FORMAT + ")");
        }
        String workspace = in.getString();
        long version = in.getLong();
        Hash hash = Hash.of(in.getRaw(Hash.LENGTH_BYTES));
        long lastSourceOffset = in.getLong();
        int count = in.getCount();
        List<FileImage> files = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            String file = in.getString();
            String path = in.getString();
            boolean deleted = in.getByte() != 0;
            long fileVersion = in.getLong();
            files.add(new FileImage(file, path, deleted, fileVersion,
                deleted ? Text.EMPTY : texts.text(file, fileVersion)));
        }
        byte[] sessions = in.getBytes();
        in.requireEnd();
        return new Checkpoint(workspace, version, hash, lastSourceOffset, files, sessions);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Checkpoint that && workspace.equals(that.workspace) && version == that.version
            && hash.equals(that.hash) && lastSourceOffset == that.lastSourceOffset && files.equals(that.files)
            && Arrays.equals(sessions, that.sessions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(workspace, version, hash, lastSourceOffset, Arrays.hashCode(sessions));
    }

    @Override
    public String toString() {
        return "Checkpoint[" + workspace + " at version " + version + ", offset " + lastSourceOffset + ", "
            + files.size() + " files, " + sessions.length + " bytes of sessions]";
    }
}
