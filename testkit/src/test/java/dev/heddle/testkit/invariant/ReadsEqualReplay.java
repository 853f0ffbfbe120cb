package dev.heddle.testkit.invariant;

import java.util.Map;

/** At rest the snapshotter answers for every version that can be read what the canonical log makes of it. */
public final class ReadsEqualReplay implements Invariant {

    /** An invariant of one run. */
    public ReadsEqualReplay() {
    }

    @Override
    public void atRest(Chronicle seen, Rest rest) {
        rest.reads().forEach((workspace, reads) -> {
            reads.fault().ifPresent(fault -> {
                throw new InvariantBroken(name(), "workspace " + workspace + " cannot be read: " + fault);
            });
            if (reads.version() != seen.versions(workspace)) {
                throw new InvariantBroken(name(), "workspace " + workspace + " is read as of version "
                    + reads.version() + " (expected: " + seen.versions(workspace) + ")");
            }
            for (long version = Math.max(1, reads.oldestVersion()); version <= reads.version(); version++) {
                compare(workspace, version, reads.filesAt(version), seen.texts(workspace, version));
            }
        });
    }

    private void compare(String workspace, long version, Map<String, String> found, Map<String, String> expected) {
        if (!found.equals(expected)) {
            throw new InvariantBroken(name(), "workspace " + workspace + " as of version " + version + " is read as "
                + found + " (expected: " + expected + ")");
        }
    }
}
