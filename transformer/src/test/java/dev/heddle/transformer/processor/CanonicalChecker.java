package dev.heddle.transformer.processor;

import dev.heddle.CanonicalOp;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.WorkspaceImage;
import dev.heddle.schemas.codec.OperationCodec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads a whole canonical topic and finds what must never be there: a gap, a duplicate with other bytes, a broken hash,
 * a change that does not fit. Its own simple model of a reader; one thread.
 */
public final class CanonicalChecker {

    private final Function<byte[], CanonicalOp> reader;
    private final Map<String, WorkspaceImage> workspaces = new HashMap<>();
    private final Map<String, byte[]> values = new HashMap<>();
    private long records;
    private long repeats;

    public CanonicalChecker(Function<byte[], CanonicalOp> reader) {
        this.reader = reader;
    }

    /** Takes the next record of a partition in; throws an {@link AssertionError} that names what is wrong. */
    public void accept(String key, byte[] value) {
        records++;
        byte[] before = values.putIfAbsent(key, value);
        if (before != null) {
            repeats++;
            if (!Arrays.equals(before, value)) {
                throw new AssertionError("duplicate of " + key + " has other bytes");
            }
            return;
        }
        CanonicalOperation operation = OperationCodec.canonical(reader.apply(value));
        String expected = operation.workspace() + "/" + String.format("%020d", operation.version());
        if (!expected.equals(key)) {
            throw new AssertionError("key " + key + " holds " + expected);
        }
        // The fold refuses gaps, wrong hashes and changes that do not fit by itself.
        workspaces.computeIfAbsent(operation.workspace(), WorkspaceImage::empty).replay(operation);
    }

    public long records() {
        return records;
    }

    public long repeats() {
        return repeats;
    }

    public WorkspaceImage workspace(String name) {
        return workspaces.getOrDefault(name, WorkspaceImage.empty(name));
    }

    public Map<String, WorkspaceImage> workspaces() {
        return workspaces;
    }

    @Override
    public String toString() {
        return records + " records, " + repeats + " byte-identical repeats, " + workspaces.size() + " workspaces";
    }
}
