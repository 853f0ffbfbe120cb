package dev.heddle.cli.verify;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;

/**
 * What a verification reads. Where the logs are being written to meanwhile, they must have been opened in this order:
 * canonical, snapshots, raw; then nothing accepted is missing behind what was read of the others.
 *
 * @param raw       the raw log from its first record, in order
 * @param canonical the workspace's records of the canonical log, in log order
 * @param late      given the newest version the raw log leads to: canonical records that arrived after those of {@code
 *                  canonical}, until that version was there or it was waited for long enough
 * @param snapshots the workspace's snapshots, in any order
 * @param rawMax    how many raw records there are at most, for showing progress; 0 where that is not known
 */
public record Evidence(Iterator<RawRecord> raw, Iterator<CanonicalRecord> canonical,
                       LongFunction<Iterator<CanonicalRecord>> late, Collection<SnapshotRecord> snapshots,
                       long rawMax) {

    /** Checks that all parts are there. */
    public Evidence {
        Objects.requireNonNull(raw, "raw");
        Objects.requireNonNull(canonical, "canonical");
        Objects.requireNonNull(late, "late");
        snapshots = List.copyOf(snapshots);
    }

    /**
     * {@return evidence that nothing is added to any more}
     *
     * @param raw       the raw log
     * @param canonical the canonical records
     * @param snapshots the snapshots
     * @param rawMax    how many raw records there are at most, 0 where that is not known
     */
    public static Evidence complete(Iterator<RawRecord> raw, Iterator<CanonicalRecord> canonical,
                                    Collection<SnapshotRecord> snapshots, long rawMax) {
        return new Evidence(raw, canonical, version -> Collections.emptyIterator(), snapshots, rawMax);
    }
}
