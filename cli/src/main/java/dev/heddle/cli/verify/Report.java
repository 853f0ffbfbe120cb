package dev.heddle.cli.verify;

import dev.heddle.engine.workspace.Hash;
import java.util.List;
import java.util.Objects;

/**
 * What a verification found.
 *
 * @param headVersion      the newest version the raw log leads to
 * @param headHash         its hash: the workspace's public head, to be kept and checked later
 * @param rawRecords       raw records read
 * @param unreadableRaw    raw records that are no operation; they were dead letters and decide nothing
 * @param rawGapOffsets    raw offsets that hold no record though later ones do: transaction markers, or records that
 *                         were taken out; a finding only where an operation says it came from there
 * @param canonicalRecords canonical records read, repeats and tombstones included
 * @param repeats          canonical records that say again, byte for byte, what an earlier one says
 * @param prunedTo         versions up to this one were taken out of the canonical log behind snapshots; 0 for none
 * @param snapshots        snapshots compared
 * @param findings         the first differences, by version
 * @param findingsCount    how many differences there are in all
 */
public record Report(long headVersion, Hash headHash, long rawRecords, long unreadableRaw,
                     long rawGapOffsets,
                     long canonicalRecords, long repeats, long prunedTo, long snapshots, List<Finding> findings,
                     long findingsCount) {

    /** Copies the list, so that the value never changes. */
    public Report {
        Objects.requireNonNull(headHash, "headHash");
        findings = List.copyOf(findings);
    }

    /** {@return whether nothing differs} */
    public boolean proven() {
        return findingsCount == 0;
    }
}
