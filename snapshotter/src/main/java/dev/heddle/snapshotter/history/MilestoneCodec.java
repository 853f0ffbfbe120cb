package dev.heddle.snapshotter.history;

import dev.heddle.CanonicalOp;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Checkpoint;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.snapshotter.fold.FileState;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.apache.kafka.common.serialization.Serde;

/**
 * Milestones to bytes and back: the engine's manifest, the files with who wrote what, the newest operations as
 * canonical records, compressed, with a checksum. Any thread.
 */
public final class MilestoneCodec {

    private static final int FORMAT = 2;
    private static final int BUFFER_BYTES = 1 << 16;

    private final Serde<CanonicalOp> operations;

    /**
     * A codec.
     *
     * @param operations writes and reads operations
     */
    public MilestoneCodec(Serde<CanonicalOp> operations) {
        this.operations = operations;
    }

    byte[] encode(Milestone milestone) {
        Checkpoint checkpoint = milestone.checkpoint();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(
                new DeflaterOutputStream(bytes, deflater, BUFFER_BYTES), BUFFER_BYTES))) {
                out.writeInt(FORMAT);
                out.writeLong(milestone.timeMs());
                write(out, checkpoint.manifest());
                out.writeInt(milestone.files().size());
                RunsCodec runs = new RunsCodec();
                for (FileState file : milestone.files()) {
                    RunsCodec.text(out, file.file());
                    RunsCodec.text(out, file.path());
                    out.writeBoolean(file.deleted());
                    out.writeLong(file.version());
                    RunsCodec.text(out, file.text().toString());
                    runs.write(out, file.runs());
                }
                out.writeInt(milestone.recent().size());
                for (CanonicalOperation operation : milestone.recent()) {
                    write(out, operations.serializer().serialize(Topics.CANONICAL,
                        OperationCodec.canonicalOp(operation)));
                }
            }
            byte[] content = bytes.toByteArray();
            new DataOutputStream(bytes).writeLong(checksum(content, content.length));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    /** {@return the milestone, or throws an {@link IOException} or {@link RuntimeException} where it is not whole} */
    Milestone decode(byte[] bytes) throws IOException {
        int length = bytes.length - Long.BYTES;
        if (length < 0 || new DataInputStream(new ByteArrayInputStream(bytes, length, Long.BYTES)).readLong()
            != checksum(bytes, length)) {
            throw new IOException("the checksum of its " + bytes.length + " bytes does not fit");
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(
            new InflaterInputStream(new ByteArrayInputStream(bytes, 0, length)), BUFFER_BYTES))) {
            int format = in.readInt();
            if (format != FORMAT) {
                throw new IOException("format " + format + " (expected: " + FORMAT + ")");
            }
            long timeMs = in.readLong();
            byte[] manifest = read(in);
            List<FileState> files = new ArrayList<>();
            Map<String, FileState> byId = new HashMap<>();
            RunsCodec runs = new RunsCodec();
            for (int left = in.readInt(); left > 0; left--) {
                FileState file = new FileState(RunsCodec.text(in), RunsCodec.text(in), in.readBoolean(), in.readLong(),
                    Text.of(RunsCodec.text(in)), runs.read(in));
                files.add(file);
                byId.put(file.file(), file);
            }
            Checkpoint checkpoint = Checkpoint.ofManifest(manifest, (file, version) -> byId.get(file).text());
            List<CanonicalOperation> recent = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                recent.add(OperationCodec.canonical(operations.deserializer().deserialize(Topics.CANONICAL, read(in))));
            }
            return new Milestone(checkpoint, timeMs, files, recent);
        }
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] read(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return checksum.getValue();
    }
}
