package dev.heddle.cli.verify;

import dev.heddle.cli.history.RawFold;
import dev.heddle.cli.verify.Finding.Kind;
import dev.heddle.cli.verify.Finding.Log;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.engine.workspace.HashChain;
import dev.heddle.schemas.topic.LogPosition;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * The proof: runs a workspace's raw log through the engine and compares every canonical record byte for byte and every
 * snapshot hash for hash. Pure but for what it is given to read. One thread; used once.
 *
 * <p>The canonical log may say a version again in the same bytes (it is written at least once), and may lack the
 * versions that were taken out behind snapshots. Anything else that differs is a finding.
 */
public final class Verifier {

    /** Findings kept; the rest is only counted. */
    public static final int FINDINGS_KEPT_MAX = 100;

    private final String workspace;
    private final RawFold fold;
    private final Findings findings = new Findings(FINDINGS_KEPT_MAX);
    private final BitSet good = new BitSet();
    private final BitSet removed = new BitSet();
    private final Map<Long, Difference> bad = new HashMap<>();
    private ExpectedLog expected;
    private long newestSeen;
    private long records;
    private long repeats;

    /**
     * A record that is not the expected one. It is explained at the end, when all submissions are known.
     *
     * @param position where it stands
     * @param said     what it says; null where that cannot be read or is one difference too many to be kept
     * @param proven   what it should say; null where that is not kept whole any more
     * @param problem  why it cannot be read, or null
     */
    private record Difference(long position, CanonicalOperation said, CanonicalOperation proven, String problem) {
    }

    /**
     * A verifier that has read nothing.
     *
     * @param fold the workspace before its first operation, under the transformer's limits
     */
    public Verifier(RawFold fold) {
        this.workspace = fold.image().workspace();
        this.fold = fold;
    }

    /**
     * Verifies everything.
     *
     * @param evidence what to read
     * @param kept     a head that somebody kept, or null
     * @param progress told of every raw record read, with how many so far
     * @return what was found
     */
    public Report verify(Evidence evidence, Head kept, LongConsumer progress) {
        SnapshotProof proof = new SnapshotProof(evidence.snapshots(), fold, findings);
        expected = new ExpectedLog(fold, evidence.raw(), findings, proof::at, progress);
        observe(evidence.canonical(), Long.MAX_VALUE);
        expected.advanceTo(Long.MAX_VALUE);
        if (newestSeen < expected.head()) {
            observe(evidence.late().apply(expected.head()), expected.head());
        }
        long prunedTo = missing(proof.horizon());
        bad.forEach(this::wrong);
        proof.finish(expected.head(), prunedTo);
        if (kept != null) {
            check(kept);
        }
        return new Report(expected.head(), expected.hash(expected.head()), expected.records(), expected.unreadable(),
            expected.gapOffsets(), records, repeats, prunedTo, proof.compared(), findings.first(), findings.count());
    }

    private void observe(Iterator<CanonicalRecord> canonical, long lastVersion) {
        while (newestSeen < lastVersion && canonical.hasNext()) {
            observe(canonical.next());
            records++;
        }
    }

    private void observe(CanonicalRecord record) {
        long version = record.version();
        if (version < 1 || version > Integer.MAX_VALUE - 1) {
            add(Kind.UNREADABLE, 0, record.position(), "the key names no version");
            return;
        }
        expected.advanceTo(version);
        int bit = (int) version;
        if (record.isTombstone()) {
            removed.set(bit);
            return;
        }
        removed.clear(bit);
        Difference difference = compare(record, version);
        if (difference != null) {
            bad.putIfAbsent(version, bad.size() < FINDINGS_KEPT_MAX ? difference
                : new Difference(difference.position(), null, null, difference.problem()));
        } else if (good.get(bit)) {
            repeats++;
        } else {
            good.set(bit);
            // Behind a hole it may be an identical repeat, whose first copy was compacted away: its bytes are proven.
            if (version < newestSeen && !record.afterHole()) {
                add(Kind.SWAPPED, version, record.position(), "version " + version + " stands after version "
                    + newestSeen);
            }
        }
        newestSeen = Math.max(newestSeen, version);
    }

    /** {@return what is wrong with a record, or null where it is the expected one} */
    private Difference compare(CanonicalRecord record, long version) {
        CanonicalOperation proven = version <= expected.head() ? expected.operation(version) : null;
        if (proven != null && record.encoded() != null && record.encoded().test(proven)) {
            return null;
        }
        CanonicalOperation said;
        try {
            said = record.content().get();
        } catch (UnreadableRecordException error) {
            return new Difference(record.position(), null, proven, error.getMessage());
        }
        boolean same = proven != null ? said.equals(proven) : version <= expected.head() && provenByHash(said, version);
        return same ? null : new Difference(record.position(), said, proven, null);
    }

    /** {@return whether a record is the expected one, of which only the hash is kept} */
    private boolean provenByHash(CanonicalOperation said, long version) {
        return said.version() == version && said.workspace().equals(workspace)
            && said.hash().equals(expected.hash(version)) && HashChain.verify(said);
    }

    private Finding explain(long version, Difference difference) {
        CanonicalOperation said = difference.said();
        CanonicalOperation proven = difference.proven();
        String record = "the record of version " + version;
        if (difference.problem() != null) {
            return finding(Kind.UNREADABLE, version, difference.position(), record + " cannot be read: "
                + difference.problem());
        }
        if (said == null) {
            return finding(Kind.ALTERED, version, difference.position(), record + " differs");
        }
        boolean sameSubmission = proven != null && proven.session().equals(said.session())
            && proven.seq() == said.seq();
        Finding misplaced = sameSubmission ? null : misplaced(version, said, difference.position(), record);
        if (misplaced != null) {
            return misplaced;
        }
        return finding(Kind.ALTERED, version, difference.position(), record + " differs: "
            + (proven == null ? "its hash is " + said.hash() + ", its content gives "
                + HashChain.next(said.previousHash(), said) + " (the raw log proves: " + expected.hash(version) + ")"
                : Differences.between(said, proven)));
    }

    /** {@return where a record of another submission belongs; null where it claims to come from the right one} */
    private Finding misplaced(long version, CanonicalOperation said, long position, String record) {
        long source = said.sourceOffset();
        long really = expected.versionOf(source);
        if (really == version) {
            return null;
        }
        if (really != 0) {
            return finding(Kind.SWAPPED, version, position, record + " holds the operation of version " + really
                + " (source offset " + LogPosition.text(source) + ")");
        }
        if (expected.inGap(source)) {
            return new Finding(Log.RAW, Kind.DROPPED, version, source, "the raw log has no record at offset "
                + LogPosition.text(source)
                + ", from which version " + version + " says it came");
        }
        return finding(Kind.INSERTED, version, position, record + " (session " + said.session() + ", seq " + said.seq()
            + ", source offset " + LogPosition.text(source) + ")" + (expected.beyondEnd(source)
                ? ": the raw log ends before that offset" : ": no accepted submission stands behind it"));
    }

    private void wrong(long version, Difference difference) {
        Finding finding = explain(version, difference);
        boolean elsewhere = version <= expected.head() && good.get((int) version);
        findings.add(elsewhere && finding.kind() == Kind.ALTERED ? finding(Kind.INSERTED, version,
            difference.position(), finding.detail() + "; another record says the version right") : finding);
    }

    /** Tells of versions that are not there, and returns how far the canonical log was pruned. */
    private long missing(long horizon) {
        long head = expected.head();
        long prunedTo = 0;
        for (long version = 1; version <= head; version++) {
            int bit = (int) version;
            boolean tombstone = removed.get(bit);
            if (good.get(bit) && !tombstone || bad.containsKey(version)) {
                continue;
            }
            if (version <= horizon) {
                prunedTo = version;
            } else {
                add(Kind.DROPPED, version, -1, "version " + version + " is not in the canonical log"
                    + (tombstone ? ": a tombstone took it out, though the snapshots cover only up to version " + horizon
                        : version > newestSeen ? ", which ends at version " + newestSeen : ""));
            }
        }
        return prunedTo;
    }

    private void check(Head kept) {
        if (kept.version() > expected.head()) {
            findings.add(new Finding(Log.HEAD, Kind.DROPPED, kept.version(), -1, "the head kept is of version "
                + kept.version() + "; the raw log ends at version " + expected.head()));
        } else {
            Hash proven = expected.hash(kept.version());
            if (!proven.equals(kept.hash())) {
                findings.add(new Finding(Log.HEAD, Kind.ALTERED, kept.version(), -1, "the head kept for version "
                    + kept.version() + " is " + kept.hash() + " (the raw log proves: " + proven + ")"));
            }
        }
    }

    private void add(Kind kind, long version, long position, String detail) {
        findings.add(finding(kind, version, position, detail));
    }

    private static Finding finding(Kind kind, long version, long position, String detail) {
        return new Finding(Log.CANONICAL, kind, version, position, detail);
    }
}
