package dev.heddle.engine.workspace;

import dev.heddle.engine.text.Change;

/**
 * The bytes of a canonical operation that its hash covers: one form, independent of Avro and of JSON, that a program in
 * any language can rebuild. {@code docs/reference/hashes.md} describes it field by field.
 *
 * <p>Numbers are big endian; a text is its length in bytes of UTF-8 (32 bits) and those bytes; what may be absent is
 * preceded by one byte, 1 for present and 0 for absent.
 */
public final class CanonicalEncoding {

    /** First byte of every encoding; another form would have another number. */
    public static final int FORMAT = 1;

    static final int KIND_EDIT = 1;
    static final int KIND_CREATE = 2;
    static final int KIND_RENAME = 3;
    static final int KIND_DELETE = 4;
    static final int KIND_NOOP = 5;

    private CanonicalEncoding() {
    }

    /**
     * {@return the bytes of an operation, without its two hashes}
     *
     * @param operation the operation; its targets must name its own file by id
     * @throws IllegalArgumentException if it is not of a canonical form
     */
    public static byte[] bytes(CanonicalOperation operation) {
        ByteWriter out = new ByteWriter(256);
        write(operation, new EncodedHead(), out);
        return out.toBytes();
    }

    static void write(CanonicalOperation operation, EncodedHead head, ByteWriter out) {
        head.write(operation, out);
        out.putLong(operation.seq()).putLong(operation.base())
            .putOptionalLong(operation.after()).putLong(operation.sourceOffset()).putLong(operation.timeMs());
        writeBody(operation, out);
    }

    private static void writeBody(CanonicalOperation canonical, ByteWriter out) {
        Operation operation = canonical.operation();
        if (operation instanceof Operation.Edit edit) {
            requireTarget(canonical, edit.target());
            out.putByte(KIND_EDIT).putInt(edit.changes().size());
            for (int index = 0; index < edit.changes().size(); index++) {
                Change change = edit.changes().get(index);
                out.putInt(change.at()).putInt(change.delete()).putString(change.insert())
                    .putOptionalString(change.deleted());
            }
            writeAnchor(edit.anchor(), out);
        } else if (operation instanceof Operation.Create create) {
            requireEqual(canonical, canonical.file(), create.file());
            requireEqual(canonical, canonical.path(), create.path());
            out.putByte(KIND_CREATE).putString(create.text());
        } else if (operation instanceof Operation.Rename rename) {
            requireTarget(canonical, rename.target());
            requireEqual(canonical, canonical.path(), rename.to());
            out.putByte(KIND_RENAME);
        } else if (operation instanceof Operation.Delete delete) {
            requireTarget(canonical, delete.target());
            out.putByte(KIND_DELETE);
        } else if (operation instanceof Operation.Noop) {
            out.putByte(KIND_NOOP);
        } else {
            throw notCanonical(canonical, "operation " + operation.getClass().getSimpleName());
        }
    }

    private static void writeAnchor(Anchor anchor, ByteWriter out) {
        if (anchor == null) {
            out.putByte(0);
            return;
        }
        int occurrence = switch (anchor.occurrence()) {
            case ONLY -> 0;
            case FIRST -> 1;
            case ALL -> 2;
        };
        out.putByte(1).putString(anchor.find()).putString(anchor.with()).putByte(occurrence);
    }

    private static void requireTarget(CanonicalOperation canonical, FileReference target) {
        requireEqual(canonical, canonical.file(), target.file());
    }

    private static void requireEqual(CanonicalOperation canonical, String expected, String actual) {
        if (expected == null || !expected.equals(actual)) {
            throw notCanonical(canonical, actual + " inside, " + expected + " outside");
        }
    }

    private static IllegalArgumentException notCanonical(CanonicalOperation canonical, String what) {
        return new IllegalArgumentException("version " + canonical.version() + " is not canonical: " + what);
    }
}
