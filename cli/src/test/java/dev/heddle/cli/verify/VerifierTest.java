package dev.heddle.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.CanonicalOp;
import dev.heddle.cli.log.CanonicalBytes;
import dev.heddle.cli.verify.Finding.Kind;
import dev.heddle.cli.verify.Finding.Log;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.engine.workspace.HashChain;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.teststack.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;

class VerifierTest {

    private final Random random = Seeds.random("VerifierTest");
    private final RandomLog log = new RandomLog(random, 400);
    private final int size = log.canonical().size();

    private Report verify(List<CanonicalRecord> canonical, List<SnapshotRecord> snapshots, Head head) {
        return verify(log.raw(), canonical, snapshots, head);
    }

    private static Report verify(List<RawRecord> raw, List<CanonicalRecord> canonical,
                                 List<SnapshotRecord> snapshots, Head head) {
        return new Verifier(RandomLog.newFold()).verify(
            Evidence.complete(raw.iterator(), canonical.iterator(), snapshots, 0), head, read -> { });
    }

    private List<CanonicalRecord> records() {
        List<CanonicalRecord> records = new ArrayList<>();
        log.canonical().forEach(operation -> records.add(CanonicalRecord.of(records.size(), operation)));
        return records;
    }

    private int anyVersion() {
        return 2 + random.nextInt(size - 3);
    }

    private static void assertFirst(Report report, Log where, Kind kind, long version) {
        assertThat(report.proven()).isFalse();
        Finding first = report.findings().get(0);
        assertThat(first.log() + " " + first.kind() + " " + first.version())
            .as("%s", report.findings()).isEqualTo(where + " " + kind + " " + version);
    }

    @Test
    void shouldProveALogWhenNothingWasChanged() {
        Report report = verify(records(), log.snapshotsAt(size, 0), null);
        assertThat(report.findings()).isEmpty();
        assertThat(report.headVersion()).isEqualTo(size);
        assertThat(report.headHash()).isEqualTo(log.canonical().get(size - 1).hash());
        assertThat(report.rawRecords()).isEqualTo(400);
        assertThat(report.unreadableRaw()).isPositive();
        assertThat(report.snapshots()).isEqualTo(log.fold().image().allFiles().size());
    }

    @Test
    void shouldProveALogWhenVersionsAreSaidAgain() {
        List<CanonicalRecord> twice = records();
        twice.addAll(size / 2, records().subList(size / 3, size / 2));
        twice.addAll(records().subList(0, 3));
        Report report = verify(twice, List.of(), null);
        assertThat(report.findings()).isEmpty();
        assertThat(report.repeats()).isEqualTo(size / 2 - size / 3 + 3);
    }

    @Test
    void shouldFindAnAlteredRecordWhenAFieldDiffers() {
        int version = anyVersion();
        CanonicalOperation o = log.canonical().get(version - 1);
        List<CanonicalRecord> records = records();
        records.set(version - 1, CanonicalRecord.of(7, with(o, "mallory", o.operation(), o.hash())));
        Report report = verify(records, List.of(), null);
        assertFirst(report, Log.CANONICAL, Kind.ALTERED, version);
        assertThat(report.findingsCount()).isEqualTo(1);
        assertThat(report.findings().get(0).detail()).contains("author is mallory (the raw log proves: " + o.author());
    }

    @Test
    void shouldFindAnAlteredRecordWhenItsHashWasMadeToFit() {
        int version = anyVersion();
        CanonicalOperation o = log.canonical().get(version - 1);
        CanonicalOperation forged = with(o, "mallory", o.operation(), o.hash());
        forged = with(forged, "mallory", o.operation(), HashChain.next(o.previousHash(), forged));
        assertThat(HashChain.verify(forged)).isTrue();
        List<CanonicalRecord> records = records();
        records.set(version - 1, CanonicalRecord.of(7, forged));
        assertFirst(verify(records, List.of(), null), Log.CANONICAL, Kind.ALTERED, version);
    }

    @Test
    void shouldFindEveryFlippedBitWhenRecordsAreBytes() {
        CanonicalBytes bytes = new CanonicalBytes();
        RandomLog small = new RandomLog(random, 60);
        int version = 2 + random.nextInt(small.canonical().size() - 3);
        byte[] payload = bytes.apply(small.canonical().get(version - 1));
        for (int bit = 0; bit < payload.length * 8; bit++) {
            byte[] flipped = payload.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            List<CanonicalRecord> records = new ArrayList<>();
            for (CanonicalOperation operation : small.canonical()) {
                byte[] value = operation.version() == version ? flipped : bytes.apply(operation);
                records.add(new CanonicalRecord(records.size(), operation.version(),
                    proven -> Arrays.equals(value, bytes.apply(proven)), () -> decode(value)));
            }
            Report report = verify(small.raw(), records, List.of(), null);
            assertThat(report.proven()).as("bit %s of %s", bit, payload.length * 8).isFalse();
            assertThat(report.findings().get(0).version()).isEqualTo(version);
            assertThat(report.findings().get(0).position()).isEqualTo(version - 1);
        }
    }

    @Test
    void shouldFindADroppedRecordWhenOneIsMissing() {
        int version = anyVersion();
        List<CanonicalRecord> records = records();
        records.remove(version - 1);
        Report report = verify(records, List.of(), null);
        assertFirst(report, Log.CANONICAL, Kind.DROPPED, version);
        assertThat(report.findingsCount()).isEqualTo(1);
    }

    @Test
    void shouldFindADroppedTailWhenTheLastRecordsAreMissing() {
        Report report = verify(records().subList(0, size - 5), List.of(), null);
        assertFirst(report, Log.CANONICAL, Kind.DROPPED, size - 4);
        assertThat(report.findingsCount()).isEqualTo(5);
    }

    @Test
    void shouldFindADroppedRecordWhenATombstoneHidesIt() {
        int version = anyVersion();
        List<CanonicalRecord> records = records();
        records.add(CanonicalRecord.tombstone(999, version));
        Report report = verify(records, List.of(), null);
        assertFirst(report, Log.CANONICAL, Kind.DROPPED, version);
        assertThat(report.findings().get(0).detail()).contains("tombstone");
    }

    @Test
    void shouldFindAnInsertedRecordWhenItIsBeyondTheEnd() {
        CanonicalOperation last = log.canonical().get(size - 1);
        CanonicalOperation made = new CanonicalOperation(RandomLog.WORKSPACE, size + 1, null, null, "mallory",
            last.session(), last.seq() + 1_000, size, null, 100_000, last.timeMs(), new Operation.Noop(), last.hash(),
            Hash.ZERO);
        List<CanonicalRecord> records = records();
        records.add(CanonicalRecord.of(size, made));
        assertFirst(verify(records, List.of(), null), Log.CANONICAL, Kind.INSERTED, size + 1);
    }

    @Test
    void shouldFindAnInsertedRecordWhenAVersionIsThereTwice() {
        int version = anyVersion();
        CanonicalOperation o = log.canonical().get(version - 1);
        List<CanonicalRecord> records = records();
        records.add(version, CanonicalRecord.of(999, with(o, "mallory", o.operation(), o.hash())));
        assertFirst(verify(records, List.of(), null), Log.CANONICAL, Kind.INSERTED, version);
    }

    @Test
    void shouldFindSwappedRecordsWhenTwoStandInEachOthersPlace() {
        int version = anyVersion();
        List<CanonicalRecord> records = records();
        Collections.swap(records, version - 1, version);
        Report report = verify(records, List.of(), null);
        assertFirst(report, Log.CANONICAL, Kind.SWAPPED, version);
        assertThat(report.findingsCount()).isEqualTo(1);
    }

    /** A transformer that wakes up sends again what it had sent; compaction then keeps the later copy only. */
    @Test
    void shouldAccuseNobodyWhenOnlyTheRepeatOfAVersionIsLeft() {
        int version = anyVersion();
        List<CanonicalRecord> records = records();
        CanonicalRecord repeat = records.remove(version - 1);
        records.add(repeat.behindHole());
        assertThat(verify(records, List.of(), null).findings()).isEmpty();
        records.set(records.size() - 1, repeat);
        assertFirst(verify(records, List.of(), null), Log.CANONICAL, Kind.SWAPPED, version);
    }

    @Test
    void shouldFindSwappedRecordsWhenTheirKeysWereSwappedToo() {
        int version = anyVersion();
        CanonicalOperation a = log.canonical().get(version - 1);
        CanonicalOperation b = log.canonical().get(version);
        List<CanonicalRecord> records = records();
        records.set(version - 1, new CanonicalRecord(version - 1, version, null, () -> b));
        records.set(version, new CanonicalRecord(version, version + 1, null, () -> a));
        Report report = verify(records, List.of(), null);
        assertFirst(report, Log.CANONICAL, Kind.SWAPPED, version);
        assertThat(report.findings().get(0).detail()).contains("holds the operation of version " + (version + 1));
    }

    @Test
    void shouldReportPrunedVersionsWhenSnapshotsHoldThem() {
        int horizon = size / 2;
        List<CanonicalRecord> records = new ArrayList<>(records().subList(horizon / 2, size));
        for (long version = horizon / 2 + 1; version <= horizon; version++) {
            records.add(CanonicalRecord.tombstone(size + version, version));
        }
        Report report = verify(records, log.snapshotsAt(size - 1, horizon), null);
        assertThat(report.findings()).isEmpty();
        assertThat(report.prunedTo()).isEqualTo(horizon);
    }

    @Test
    void shouldFindADroppedSnapshotWhenAPrunedOperationIsInNone() {
        int horizon = size / 2;
        List<SnapshotRecord> snapshots = new ArrayList<>(log.snapshotsAt(size - 1, horizon));
        SnapshotRecord needed = snapshots.stream().filter(snapshot -> log.canonical().subList(0, horizon).stream()
            .anyMatch(operation -> snapshot.file().equals(operation.file()))).findFirst().orElseThrow();
        snapshots.remove(needed);
        long last = log.canonical().subList(0, horizon).stream().filter(operation ->
            needed.file().equals(operation.file())).mapToLong(CanonicalOperation::version).max().orElseThrow();
        Report report = verify(records().subList(horizon, size), snapshots, null);
        assertFirst(report, Log.SNAPSHOTS, Kind.DROPPED, last);
        assertThat(report.findings().get(0).detail()).contains(needed.file());
    }

    @Test
    void shouldFindAnAlteredSnapshotWhenItsTextDiffers() {
        List<SnapshotRecord> snapshots = new ArrayList<>(log.snapshotsAt(size, 0));
        SnapshotRecord s = snapshots.get(0);
        String other = "ab".repeat(32);
        snapshots.set(0, new SnapshotRecord(0, s.key(), s.file(), s.path(), s.deleted(), s.version(), s.fileVersion(),
            s.lengthCodePoints(), other, other, s.deletedTextHash(), s.chainHash(), s.timeMs(), 0, s.runsHash(), null));
        assertFirst(verify(records(), snapshots, null), Log.SNAPSHOTS, Kind.ALTERED, size);
        snapshots.set(0, new SnapshotRecord(0, s.key(), s.file(), s.path(), s.deleted(), s.version(), s.fileVersion(),
            s.lengthCodePoints(), other, s.statedHash(), s.deletedTextHash(), s.chainHash(), s.timeMs(), 0,
                s.runsHash(), null));
        assertFirst(verify(records(), snapshots, null), Log.SNAPSHOTS, Kind.ALTERED, size);
    }

    @Test
    void shouldFindAnAlteredSnapshotWhenAnyOfItsFieldsDiffers() {
        SnapshotRecord s = log.snapshotsAt(size, 0).get(0);
        List<SnapshotRecord> altered = List.of(
            new SnapshotRecord(0, s.key(), s.file(), s.path() + "x", s.deleted(), s.version(), s.fileVersion(), 1,
                s.textHash(), s.statedHash(), s.deletedTextHash(), s.chainHash(), s.timeMs(), 0, s.runsHash(), null),
            new SnapshotRecord(0, s.key(), s.file(), s.path(), !s.deleted(), s.version(), s.fileVersion(), 1,
                s.textHash(), s.statedHash(), s.deletedTextHash(), s.chainHash(), s.timeMs(), 0, s.runsHash(), null),
            new SnapshotRecord(0, s.key(), s.file(), s.path(), s.deleted(), s.version(), s.fileVersion() + 1, 1,
                s.textHash(), s.statedHash(), s.deletedTextHash(), s.chainHash(), s.timeMs(), 0, s.runsHash(), null),
            new SnapshotRecord(0, s.key(), s.file(), s.path(), s.deleted(), s.version(), s.fileVersion(), 1,
                s.textHash(), s.statedHash(), s.deletedTextHash(), Hash.ZERO.hex(), s.timeMs(), 0, s.runsHash(), null),
            new SnapshotRecord(0, s.key(), s.file(), s.path(), s.deleted(), s.version(), s.fileVersion(), 1,
                s.textHash(), s.statedHash(), s.deletedTextHash(), s.chainHash(), s.timeMs() + 1, 0, s.runsHash(),
                null),
            new SnapshotRecord(0, s.key(), s.file(), s.path(), s.deleted(), s.version(), s.fileVersion(), 1,
                s.textHash(), s.statedHash(), s.deletedTextHash(), s.chainHash(), s.timeMs(), 0, "ab".repeat(32),
                null));
        for (SnapshotRecord one : altered) {
            assertFirst(verify(records(), List.of(one), null), Log.SNAPSHOTS, Kind.ALTERED, size);
        }
    }

    @Test
    void shouldFindInsertedSwappedAndUnreadableSnapshotsWhenThereAreSome() {
        List<SnapshotRecord> all = log.snapshotsAt(size, 0);
        SnapshotRecord s = all.get(0);
        SnapshotRecord beyond = new SnapshotRecord(0, s.key(), s.file(), s.path(), false, size + 9, size, 1,
            s.textHash(), s.statedHash(), s.deletedTextHash(), s.chainHash(), s.timeMs(), 0, s.runsHash(), null);
        assertFirst(verify(records(), List.of(beyond), null), Log.SNAPSHOTS, Kind.INSERTED, size + 9);
        SnapshotRecord unknown = new SnapshotRecord(0, "no-such", "no-such", s.path(), false, size, size, 1,
            s.textHash(), s.statedHash(), s.deletedTextHash(), s.chainHash(), s.timeMs(), 0, s.runsHash(), null);
        assertFirst(verify(records(), List.of(unknown), null), Log.SNAPSHOTS, Kind.INSERTED, size);
        SnapshotRecord swapped = new SnapshotRecord(0, all.get(1).key(), s.file(), s.path(), false, size, size, 1,
            s.textHash(), s.statedHash(), s.deletedTextHash(), s.chainHash(), s.timeMs(), 0, s.runsHash(), null);
        assertFirst(verify(records(), List.of(swapped), null), Log.SNAPSHOTS, Kind.SWAPPED, size);
        assertFirst(verify(records(), List.of(SnapshotRecord.unreadable(3, "f", "cut off")), null), Log.SNAPSHOTS,
            Kind.UNREADABLE, 0);
    }

    @Test
    void shouldFindTheRawRecordWhenItWasTakenOut() {
        int version = anyVersion();
        long offset = log.canonical().get(version - 1).sourceOffset();
        List<RawRecord> raw = new ArrayList<>(log.raw());
        raw.removeIf(record -> record.offset() == offset);
        Report report = verify(raw, records(), List.of(), null);
        assertFirst(report, Log.RAW, Kind.DROPPED, version);
        assertThat(report.findings().get(0).position()).isEqualTo(offset);
        assertThat(report.rawGapOffsets()).isEqualTo(1);
    }

    @Test
    void shouldFindADifferenceWhenARawRecordWasAltered() {
        int version = anyVersion();
        int offset = (int) log.canonical().get(version - 1).sourceOffset();
        Submission s = log.raw().get(offset).submission();
        List<RawRecord> raw = new ArrayList<>(log.raw());
        raw.set(offset, RawRecord.of(new Submission(s.session(), s.seq(), s.base(), s.after(), "mallory",
            s.operation(), s.sourceOffset(), s.timeMs())));
        Report report = verify(raw, records(), List.of(), null);
        assertFirst(report, Log.CANONICAL, Kind.ALTERED, version);
        assertThat(report.findingsCount()).as("every later hash differs too").isEqualTo(size - version + 1);
    }

    @Test
    void shouldCheckAKeptHeadWhenOneIsGiven() {
        int version = anyVersion();
        Hash hash = log.canonical().get(version - 1).hash();
        assertThat(verify(records(), List.of(), new Head(version, hash)).proven()).isTrue();
        assertFirst(verify(records(), List.of(), new Head(version, Hash.ZERO)), Log.HEAD, Kind.ALTERED, version);
        assertFirst(verify(records(), List.of(), new Head(size + 1, hash)), Log.HEAD, Kind.DROPPED, size + 1);
    }

    @Test
    void shouldNameTheVersionWhenARecordCannotBeRead() {
        int version = anyVersion();
        List<CanonicalRecord> records = records();
        records.set(version - 1, new CanonicalRecord(55, version, proven -> false, () -> decode(new byte[] {1, 2})));
        assertFirst(verify(records, List.of(), null), Log.CANONICAL, Kind.UNREADABLE, version);
    }

    @Test
    void shouldSayOnlyTheFirstDifferencesWhenThereAreVeryMany() {
        Report report = verify(List.of(), List.of(), null);
        assertThat(report.findingsCount()).isEqualTo(size);
        assertThat(report.findings()).hasSize(Math.min(size, Verifier.FINDINGS_KEPT_MAX));
        assertThat(report.findings().get(0).version()).isEqualTo(1);
    }

    private static CanonicalOperation with(CanonicalOperation o, String author, Operation operation, Hash hash) {
        return new CanonicalOperation(o.workspace(), o.version(), o.file(), o.path(), author, o.session(), o.seq(),
            o.base(), o.after(), o.sourceOffset(), o.timeMs(), operation, o.previousHash(), hash);
    }

    private static CanonicalOperation decode(byte[] payload) {
        try {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(payload, null);
            CanonicalOp read = new SpecificDatumReader<CanonicalOp>(CanonicalOp.class).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new UnreadableRecordException("bytes after the end");
            }
            return OperationCodec.canonical(read);
        } catch (IOException | RuntimeException error) {
            throw new UnreadableRecordException(String.valueOf(error.getMessage()));
        }
    }
}
