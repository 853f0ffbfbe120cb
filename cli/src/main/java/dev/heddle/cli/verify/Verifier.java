package dev.heddle.cli.verify;

import dev.heddle.cli.history.RawFold;
import dev.heddle.cli.verify.Finding.Kind;
import dev.heddle.cli.verify.Finding.Log;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.engine.workspace.HashChain;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
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
    private final Function<CanonicalOperation, byte[]> encoding;
    private final Findings findings = new Findings(FINDINGS_KEPT_MAX);
    private final BitSet good = new BitSet();
    private final BitSet removed = new BitSet();
    private final Map<Long, Finding> bad = new HashMap<>();
    private ExpectedLog expected;
    private long newestSeen;
    private long records;
    private long repeats;

    /**
     * A verifier that has read nothing.
     *
     * @param fold     the workspace before its first operation, under the transformer's limits
     * @param encoding a canonical operation as its record's payload, for comparing bytes
     */
    public Verifier(RawFold fold, Function<CanonicalOperation, byte[]> encoding) {
        this.workspace = fold.image().workspace();
        this.fold = fold;
        this.encoding = encoding;
    }

    /**
     * Verifies everything.
     *
     * @param raw       the raw log from its first record, in order
     * @param canonical the workspace's records of the canonical log, in log order
     * @param snapshots the workspace's snapshots, in any order
     * @param kept      a head that somebody kept, or null
     * @param progress  told of every canonical record read, with how many so far
     * @return what was found
     */
    public Report verify(Iterator<RawRecord> raw, Iterator<CanonicalRecord> canonical,
                         Collection<SnapshotRecord> snapshots, Head kept, LongConsumer progress) {
        SnapshotProof proof = new SnapshotProof(snapshots, findings);
        expected = new ExpectedLog(fold, raw, proof::at);
        while (canonical.hasNext()) {
            observe(canonical.next());
            progress.accept(++records);
        }
        expected.advanceTo(Long.MAX_VALUE);
        long prunedTo = missing(proof.horizon());
        bad.forEach(this::wrong);
        proof.finish(expected.head(), prunedTo);
        if (kept != null) {
            check(kept);
        }
        return new Report(expected.head(), expected.hash(expected.head()), expected.records(), expected.unreadable(),
            expected.gapOffsets(), records, repeats, prunedTo, proof.compared(), findings.first(), findings.count());
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
        Finding difference = compare(record, version);
        if (difference != null) {
            bad.putIfAbsent(version, difference);
        } else if (good.get(bit)) {
            repeats++;
        } else {
            good.set(bit);
            if (version < newestSeen) {
                add(Kind.SWAPPED, version, record.position(), "version " + version + " stands after version "
                    + newestSeen);
            }
        }
        newestSeen = Math.max(newestSeen, version);
    }

    /** {@return what is wrong with a record, or null where it is the expected one} */
    private Finding compare(CanonicalRecord record, long version) {
        CanonicalOperation proven = version <= expected.head() ? expected.operation(version) : null;
        if (proven != null && record.payload() != null && Arrays.equals(record.payload(), encoding.apply(proven))) {
            return null;
        }
        CanonicalOperation said;
        try {
            said = record.content().get();
        } catch (UnreadableRecordException error) {
            return finding(Kind.UNREADABLE, version, record.position(), "the record of version " + version
                + " cannot be read: " + error.getMessage());
        }
        if (version <= expected.head() && (proven != null ? said.equals(proven)
            : said.version() == version && said.workspace().equals(workspace)
                && said.hash().equals(expected.hash(version)) && HashChain.verify(said))) {
            return null;
        }
        return explain(said, proven, version, record.position());
    }

    private Finding explain(CanonicalOperation said, CanonicalOperation proven, long version, long position) {
        boolean same = proven != null && proven.session().equals(said.session()) && proven.seq() == said.seq();
        long really = expected.versionOf(said.sourceOffset());
        if (!same && really != 0 && really != version) {
            return finding(Kind.SWAPPED, version, position, "the record of version " + version
                + " holds the operation of version " + really + " (source offset " + said.sourceOffset() + ")");
        }
        if (!same && expected.inGap(said.sourceOffset())) {
            return new Finding(Log.RAW, Kind.DROPPED, version, said.sourceOffset(), "the raw log has no record at "
                + "offset " + said.sourceOffset() + ", from which version " + version + " says it came");
        }
        if (!same && expected.beyondEnd(said.sourceOffset())) {
            return finding(Kind.INSERTED, version, position, "the record of version " + version + " (session "
                + said.session() + ", seq " + said.seq() + ") says it was submitted at offset " + said.sourceOffset()
                + "; the raw log ends before it");
        }
        if (!same && really == 0) {
            return finding(Kind.INSERTED, version, position, "the record of version " + version + " (session "
                + said.session() + ", seq " + said.seq() + "): no accepted submission stands behind it");
        }
        return finding(Kind.ALTERED, version, position, "the record of version " + version + " differs: "
            + (proven == null ? "its hash is " + said.hash() + ", its content gives "
                + HashChain.next(said.previousHash(), said) + " (the raw log proves: " + expected.hash(version) + ")"
                : Differences.between(said, proven)));
    }

    private void wrong(long version, Finding difference) {
        boolean elsewhere = version <= expected.head() && good.get((int) version);
        findings.add(elsewhere && difference.kind() == Kind.ALTERED
            ? finding(Kind.INSERTED, version, difference.position(), difference.detail()
                + "; another record says the version right") : difference);
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
