package dev.heddle.transformer.store;

import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.Checkpoint;
import dev.heddle.engine.workspace.FileImage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * A checkpoint without its texts: the state of a workspace after its first {@code index} decisions. Each text has an
 * entry of its own, so that a checkpoint costs what changed since the one before and not what the workspace holds.
 *
 * @param index      how many decisions it covers
 * @param offset     offset of the last record it covers
 * @param textsSince texts of files changed after this version were written with this checkpoint, older ones before
 * @param engine     the engine's part, as {@link Checkpoint#manifest()} gives it; not to be changed
 */
public record Manifest(long index, long offset, long textsSince, byte[] engine) {

    private static final byte FORMAT = 1;
    private static final int OWN_BYTES = 1 + 3 * Long.BYTES;

    /** Checks that the engine's part is there. */
    public Manifest {
        Objects.requireNonNull(engine, "engine");
    }

    /** {@return the stored form; equal checkpoints have equal bytes} */
    public byte[] bytes() {
        return ByteBuffer.allocate(OWN_BYTES + engine.length).put(FORMAT).putLong(index).putLong(offset)
            .putLong(textsSince).put(engine).array();
    }

    /**
     * {@return the manifest that these bytes hold}
     *
     * @param bytes the stored form
     * @throws IllegalArgumentException where they are not of that form
     */
    public static Manifest read(byte[] bytes) {
        if (bytes.length < OWN_BYTES || bytes[0] != FORMAT) {
            throw new IllegalArgumentException("checkpoint: " + bytes.length + " bytes of format "
                + (bytes.length == 0 ? "none" : bytes[0]) + " (expected: format " + FORMAT + ")");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        long index = in.getLong();
        long offset = in.getLong();
        long textsSince = in.getLong();
        byte[] engine = new byte[in.remaining()];
        in.get(engine);
        return new Manifest(index, offset, textsSince, engine);
    }

    /**
     * {@return the whole checkpoint}
     *
     * @param texts finds the text of a live file
     * @throws IllegalArgumentException where the engine's part is not of its form
     */
    public Checkpoint checkpoint(Checkpoint.TextSource texts) {
        return Checkpoint.ofManifest(engine, texts);
    }

    /** {@return the live files, each with an empty text in place of its own} */
    public List<FileImage> files() {
        return checkpoint((file, version) -> Text.EMPTY).files().stream().filter(file -> !file.deleted()).toList();
    }
}
