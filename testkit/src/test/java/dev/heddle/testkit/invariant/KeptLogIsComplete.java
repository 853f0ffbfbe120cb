package dev.heddle.testkit.invariant;

import java.util.Arrays;
import java.util.SortedMap;

/** What compaction and tombstones left of the canonical topic holds every version that can be read, as it was. */
public final class KeptLogIsComplete implements Invariant {

    /** An invariant of one run. */
    public KeptLogIsComplete() {
    }

    @Override
    public void atRest(Chronicle seen, Rest rest) {
        for (String workspace : seen.workspaces()) {
            SortedMap<Long, byte[]> kept = rest.kept().get(workspace);
            Rest.Reads reads = rest.reads().get(workspace);
            long oldest = reads == null ? 0 : reads.oldestVersion();
            for (long version = oldest + 1; version <= seen.versions(workspace); version++) {
                if (kept == null || !Arrays.equals(kept.get(version), seen.value(workspace, version))) {
                    throw new InvariantBroken(name(), "version " + version + " of workspace " + workspace
                        + " is not in the canonical topic any more (expected: all after " + oldest + ")");
                }
            }
        }
    }
}
