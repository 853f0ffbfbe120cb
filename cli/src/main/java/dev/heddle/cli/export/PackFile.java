package dev.heddle.cli.export;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.eclipse.jgit.internal.storage.file.BasePackIndexWriter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.transport.PackParser;
import org.eclipse.jgit.transport.PackedObjectInfo;

/**
 * All objects of a new repository in one pack, in the order they are made (git's pack format, version 2). JGit's own
 * inserters write every object whole; a history of small edits of large files then costs the whole file for each. Here
 * a blob can be a delta of an earlier one, which a history of edits knows without searching. One thread; used once.
 */
final class PackFile extends ObjectInserter {

    private static final int OFFSET_DELTA = Constants.OBJ_OFS_DELTA;
    private static final int VERSION = 2;
    private static final int INDEX_VERSION = 2;
    private static final int COUNT_AT = 8;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int SHORT_BITS = 7;
    private static final int SHORT_MASK = 0x7f;
    private static final int MORE = 0x80;
    private static final int FIRST_SIZE_BITS = 4;
    private static final int FIRST_SIZE_MASK = 0xf;
    private static final int NUMBER_BYTES_MAX = 10;

    private final Path folder;
    private final Path part;
    private final RandomAccessFile file;
    private final OutputStream out;
    private final Deflater deflater = new Deflater();
    private final byte[] deflated = new byte[BUFFER_BYTES];
    private final MessageDigest digest = sha1();
    private final CRC32 checksum = new CRC32();
    private final Map<ObjectId, PackedObjectInfo> objects = new HashMap<>();
    private long length;

    /**
     * An empty pack.
     *
     * @param folder the repository's folder of packs
     */
    PackFile(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.part = Files.createTempFile(folder, "tmp_pack_", "");
        this.file = new RandomAccessFile(part.toFile(), "rw");
        this.out = new BufferedOutputStream(Channels.newOutputStream(file.getChannel()), BUFFER_BYTES);
        // The count is put in when it is known.
        raw(ByteBuffer.allocate(COUNT_AT + Integer.BYTES).put(Constants.PACK_SIGNATURE).putInt(VERSION).array(),
            COUNT_AT + Integer.BYTES);
    }

    /**
     * {@return the id of an object}
     *
     * @param type    its type, of {@link Constants}
     * @param content its content
     */
    private ObjectId id(int type, byte[] content, int from, int count) {
        digest.reset();
        digest.update((Constants.typeString(type) + ' ' + count + '\0').getBytes(StandardCharsets.US_ASCII));
        digest.update(content, from, count);
        return ObjectId.fromRaw(digest.digest());
    }

    @Override
    public ObjectId insert(int type, byte[] content, int from, int count) throws IOException {
        ObjectId id = id(type, content, from, count);
        if (!objects.containsKey(id)) {
            begin(id, type, count);
            deflate(content, from, count);
            end(id);
        }
        return id;
    }

    @Override
    public ObjectId insert(int type, long count, InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(Math.toIntExact(count));
        return insert(type, bytes, 0, bytes.length);
    }

    /**
     * {@return the id of a blob that is written as a delta of another one}
     *
     * @param content its content
     * @param base    the other one, which is in this pack
     * @param delta   what git makes the content of, from the other one's content
     */
    ObjectId insertDelta(byte[] content, ObjectId base, byte[] delta) throws IOException {
        ObjectId id = id(Constants.OBJ_BLOB, content, 0, content.length);
        if (!objects.containsKey(id)) {
            long distance = length - objects.get(base).getOffset();
            begin(id, OFFSET_DELTA, delta.length);
            distance(distance);
            deflate(delta, 0, delta.length);
            end(id);
        }
        return id;
    }

    private void begin(ObjectId id, int type, int count) throws IOException {
        PackedObjectInfo info = new PackedObjectInfo(id);
        info.setOffset(length);
        objects.put(id, info);
        checksum.reset();
        byte[] head = new byte[NUMBER_BYTES_MAX];
        int used = 0;
        int next = type << FIRST_SIZE_BITS | count & FIRST_SIZE_MASK;
        for (int left = count >>> FIRST_SIZE_BITS; left > 0; left >>>= SHORT_BITS) {
            head[used++] = (byte) (next | MORE);
            next = left & SHORT_MASK;
        }
        head[used++] = (byte) next;
        raw(head, used);
    }

    /** A distance, the most significant bits first, each further byte counting from one more. */
    private void distance(long distance) throws IOException {
        byte[] bytes = new byte[NUMBER_BYTES_MAX];
        int from = bytes.length;
        bytes[--from] = (byte) (distance & SHORT_MASK);
        for (long left = distance >>> SHORT_BITS; left > 0; left >>>= SHORT_BITS) {
            left--;
            bytes[--from] = (byte) (MORE | left & SHORT_MASK);
        }
        byte[] used = Arrays.copyOfRange(bytes, from, bytes.length);
        raw(used, used.length);
    }

    private void deflate(byte[] content, int from, int count) throws IOException {
        deflater.reset();
        deflater.setInput(content, from, count);
        deflater.finish();
        while (!deflater.finished()) {
            raw(deflated, deflater.deflate(deflated));
        }
    }

    private void end(ObjectId id) {
        objects.get(id).setCRC((int) checksum.getValue());
    }

    private void raw(byte[] bytes, int count) throws IOException {
        out.write(bytes, 0, count);
        checksum.update(bytes, 0, count);
        length += count;
    }

    /**
     * Ends the pack: from here on a repository that looks for packs finds it. Nothing is written where there are no
     * objects.
     */
    void finish() throws IOException {
        out.flush();
        if (objects.isEmpty()) {
            return;
        }
        file.seek(COUNT_AT);
        file.writeInt(objects.size());
        byte[] sum = sum();
        file.seek(length);
        file.write(sum);
        file.getChannel().force(true);
        file.close();
        List<PackedObjectInfo> sorted = new ArrayList<>(objects.values());
        Collections.sort(sorted);
        String name = "pack-" + HexFormat.of().formatHex(sum);
        ByteArrayOutputStream index = new ByteArrayOutputStream();
        BasePackIndexWriter.createVersion(index, INDEX_VERSION).write(sorted, sum);
        Files.move(part, folder.resolve(name + ".pack"));
        // The index last: a pack without one is not looked at.
        Files.write(folder.resolve(name + ".idx"), index.toByteArray());
    }

    private byte[] sum() throws IOException {
        MessageDigest all = sha1();
        file.seek(0);
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = file.read(buffer); read > 0; read = file.read(buffer)) {
            all.update(buffer, 0, read);
        }
        return all.digest();
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-1", impossible);
        }
    }

    @Override
    public PackParser newPackParser(InputStream in) {
        throw new UnsupportedOperationException("a pack that is being written takes no other pack in");
    }

    @Override
    public ObjectReader newReader() {
        throw new UnsupportedOperationException("a pack that is being written is not read");
    }

    @Override
    public void flush() {
        // All is there once the pack is finished.
    }

    @Override
    public void close() {
        deflater.end();
        try {
            file.close();
            Files.deleteIfExists(part);
        } catch (IOException ignored) {
            // What is left is a file that git takes for rubbish.
        }
    }
}
