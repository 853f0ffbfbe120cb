package dev.heddle.testkit.chaos;

import dev.heddle.CanonicalOp;
import dev.heddle.Create;
import dev.heddle.Delete;
import dev.heddle.Edit;
import dev.heddle.Rename;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a workspace's canonical records come to, by a model that knows nothing of the engine: versions without gaps, a
 * chain of hashes, each session's numbers in order and without gaps, every change true to the text it applies to.
 */
public final class ModelWorkspace {

    private final String name;
    private final Map<String, ModelText> texts = new HashMap<>();
    private final Map<String, String> paths = new HashMap<>();
    private final Map<String, List<Long>> versionsBySession = new HashMap<>();
    private final List<String> hashes = new ArrayList<>();
    private byte[] hash = new byte[32];

    ModelWorkspace(String name) {
        this.name = name;
    }

    /** Takes the next version in; throws an {@link AssertionError} that names what is wrong. */
    void accept(CanonicalOp operation) {
        long expected = hashes.size() + 1L;
        require(operation.getVersion() == expected, operation, "expected version " + expected);
        require(Arrays.equals(bytes(operation.getPreviousHash()), hash), operation, "previousHash is not the hash "
            + "before");
        hash = ModelHash.of(hash, operation);
        require(Arrays.equals(bytes(operation.getHash()), hash), operation, "hash is not that of its bytes");
        hashes.add(HexFormat.of().formatHex(hash));
        List<Long> versions = versionsBySession.computeIfAbsent(operation.getSession(), none -> new ArrayList<>());
        require(operation.getSeq() == versions.size() + 1L, operation, "expected seq " + (versions.size() + 1));
        versions.add(operation.getVersion());
        try {
            apply(operation);
        } catch (AssertionError | IndexOutOfBoundsException wrong) {
            throw new AssertionError(name + " version " + operation.getVersion() + ": " + wrong.getMessage(), wrong);
        }
    }

    private void apply(CanonicalOp operation) {
        String file = operation.getFile();
        if (operation.getOp() instanceof Create create) {
            require(!paths.containsValue(operation.getPath()), operation, "path taken");
            texts.put(file, new ModelText(create.getText()));
            paths.put(file, operation.getPath());
        } else if (operation.getOp() instanceof Edit edit) {
            require(paths.get(file).equals(operation.getPath()), operation, "path is not the file's");
            texts.get(file).apply(edit.getChanges());
        } else if (operation.getOp() instanceof Rename) {
            require(paths.containsKey(file), operation, "no such file");
            paths.put(file, operation.getPath());
        } else if (operation.getOp() instanceof Delete) {
            require(paths.remove(file) != null, operation, "no such file");
            texts.remove(file);
        }
    }

    private void require(boolean condition, CanonicalOp operation, String otherwise) {
        if (!condition) {
            throw new AssertionError(name + " version " + operation.getVersion() + ", session "
                + operation.getSession() + " seq " + operation.getSeq() + ": " + otherwise);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** {@return the newest version} */
    public long version() {
        return hashes.size();
    }

    /** {@return the newest hash in hex} */
    public String hash() {
        return HexFormat.of().formatHex(hash);
    }

    /** {@return the hash of a version in hex} */
    String hash(long version) {
        return hashes.get((int) version - 1);
    }

    /** {@return the versions of a session's operations, in the order of their numbers} */
    List<Long> versions(String session) {
        return versionsBySession.getOrDefault(session, List.of());
    }

    /** {@return the texts of all live files by path} */
    public Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        paths.forEach((file, path) -> files.put(path, texts.get(file).toString()));
        return files;
    }
}
