package dev.heddle.cli.verify;

import dev.heddle.engine.workspace.CanonicalOperation;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One record of the canonical log, read only as far as needed: where its bytes are the expected ones, they are not
 * decoded at all.
 *
 * @param position where it stands in the log: an offset, or a line of a file
 * @param version  the version its key says; 0 where the key cannot be read
 * @param encoded  compares its bytes; null for a tombstone or where the source keeps no bytes
 * @param content  decodes it; null for a tombstone. Throws {@link UnreadableRecordException}
 * @param afterHole whether records before it are gone by compaction, so that it may be a repeat of one that was
 */
public record CanonicalRecord(long position, long version, Predicate<CanonicalOperation> encoded,
                              Supplier<CanonicalOperation> content, boolean afterHole) {

    /**
     * A record before which nothing is gone.
     *
     * @param position where it stands
     * @param version  the version its key says
     * @param encoded  whether its bytes are those of an operation, or null
     * @param content  decodes it
     */
    public CanonicalRecord(long position, long version, Predicate<CanonicalOperation> encoded,
                           Supplier<CanonicalOperation> content) {
        this(position, version, encoded, content, false);
    }

    /** {@return the same record, behind a hole} */
    public CanonicalRecord behindHole() {
        return new CanonicalRecord(position, version, encoded, content, true);
    }

    /**
     * {@return a record that removes a version}
     *
     * @param position where it stands
     * @param version  the version
     */
    public static CanonicalRecord tombstone(long position, long version) {
        return new CanonicalRecord(position, version, null, null);
    }

    /**
     * {@return a record whose content is known and whose bytes are not}
     *
     * @param position  where it stands
     * @param operation its content
     */
    public static CanonicalRecord of(long position, CanonicalOperation operation) {
        Objects.requireNonNull(operation, "operation");
        return new CanonicalRecord(position, operation.version(), null, () -> operation);
    }

    /** {@return whether it removes a version} */
    public boolean isTombstone() {
        return content == null;
    }
}
