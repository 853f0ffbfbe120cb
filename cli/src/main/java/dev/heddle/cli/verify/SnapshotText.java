package dev.heddle.cli.verify;

import dev.heddle.engine.workspace.TextRun;
import java.util.List;
import java.util.Objects;

/**
 * A snapshot with its texts, as an export writes them.
 *
 * @param record      the snapshot
 * @param text        its text; null where it cannot be read
 * @param deletedText the text the file had when it was deleted, or null
 * @param runs        who wrote what of the deleted text if there is one, else of the text; null where it does not say
 */
public record SnapshotText(SnapshotRecord record, String text, String deletedText, List<TextRun> runs) {

    /** Checks that the record is there. */
    public SnapshotText {
        Objects.requireNonNull(record, "record");
        runs = runs == null ? null : List.copyOf(runs);
    }
}
