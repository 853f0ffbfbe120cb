package dev.heddle.cli.verify;

import dev.heddle.cli.history.RawFold;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.schemas.topic.LogPosition;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * What the canonical log must be: the raw log through the engine. Keeps every version's hash and source offset, and the
 * newest operations whole. One thread.
 */
final class ExpectedLog {

    /** Operations kept whole; the canonical log is read in step, so only late repeats fall outside. */
    private static final int WINDOW = 4_096;

    private final Iterator<RawRecord> raw;
    private final RawFold fold;
    private final Findings findings;
    private final Consumer<CanonicalOperation> observer;
    private final LongConsumer progress;
    private final CanonicalOperation[] window = new CanonicalOperation[WINDOW];
    private final HashList hashes = new HashList();
    private final LongList sourceOffsets = new LongList();
    private final List<long[]> gaps = new ArrayList<>();
    private long gapOffsets;
    private long nextOffset;
    private long records;
    private long unreadable;

    /**
     * A log before its first record.
     *
     * @param observer told of every accepted operation, right after the fold took it
     * @param progress told of every raw record read, with how many so far
     */
    ExpectedLog(RawFold fold, Iterator<RawRecord> raw, Findings findings, Consumer<CanonicalOperation> observer,
                LongConsumer progress) {
        this.progress = progress;
        this.findings = findings;
        this.raw = raw;
        this.fold = fold;
        this.observer = observer;
    }

    /** Reads on until a version is known or the raw log ends. */
    void advanceTo(long version) {
        while (hashes.size() < version && raw.hasNext()) {
            step(raw.next());
        }
    }

    private void step(RawRecord record) {
        progress.accept(++records);
        if (record.offset() < nextOffset) {
            findings.add(new Finding(Finding.Log.RAW, Finding.Kind.SWAPPED, head() + 1, record.offset(),
                "the raw record of offset " + LogPosition.text(record.offset()) + " stands where offset "
                    + LogPosition.text(nextOffset)
                    + " or a later one should"));
            return;
        }
        boolean samePart = LogPosition.part(record.offset()) == LogPosition.part(nextOffset);
        long missing = samePart ? record.offset() - nextOffset - record.others() : 0;
        if (missing > 0) {
            gaps.add(new long[] {nextOffset, record.offset() - 1});
            gapOffsets += missing;
        }
        nextOffset = record.offset() + 1;
        if (record.submission() == null) {
            unreadable++;
            return;
        }
        CanonicalOperation operation = fold.accept(record.submission());
        if (operation != null) {
            window[(int) (operation.version() % WINDOW)] = operation;
            hashes.add(operation.hash());
            sourceOffsets.add(operation.sourceOffset());
            observer.accept(operation);
        }
    }

    /** {@return the newest version known so far} */
    long head() {
        return hashes.size();
    }

    Hash hash(long version) {
        return version == 0 ? Hash.ZERO : hashes.get(version);
    }

    /** {@return the operation of a version, or null where it is not kept whole any more} */
    CanonicalOperation operation(long version) {
        CanonicalOperation kept = window[(int) (version % WINDOW)];
        return kept != null && kept.version() == version ? kept : null;
    }

    /** {@return the version that the submission at an offset became, or 0 where it became none} */
    long versionOf(long sourceOffset) {
        int index = sourceOffsets.indexOf(sourceOffset);
        return index < 0 ? 0 : index + 1;
    }

    /** {@return whether no record was at an offset, though there were later ones} */
    boolean inGap(long sourceOffset) {
        return gaps.stream().anyMatch(gap -> gap[0] <= sourceOffset && sourceOffset <= gap[1]);
    }

    /** {@return whether the raw log ended before an offset} */
    boolean beyondEnd(long sourceOffset) {
        return sourceOffset >= nextOffset;
    }

    /** {@return how many offsets hold no record though later ones do} */
    long gapOffsets() {
        return gapOffsets;
    }

    long records() {
        return records;
    }

    long unreadable() {
        return unreadable;
    }
}
