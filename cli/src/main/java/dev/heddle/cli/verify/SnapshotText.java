package dev.heddle.cli.verify;

import java.util.Objects;

/**
 * A snapshot with its texts, as an export writes them.
 *
 * @param record      the snapshot
 * @param text        its text; null where it cannot be read
 * @param deletedText the text the file had when it was deleted, or null
 */
public record SnapshotText(SnapshotRecord record, String text, String deletedText) {

    /** Checks that the record is there. */
    public SnapshotText {
        Objects.requireNonNull(record, "record");
    }
}
