package dev.heddle.testkit.invariant;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Limits;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.snapshotter.store.StoredSnapshot;
import java.util.List;

/** Tells a set of invariants what happens, each before the chronicle takes it in. One thread. */
public final class Watch {

    private final Chronicle chronicle = new Chronicle();
    private final List<Invariant> invariants;

    /**
     * A watch over nothing yet.
     *
     * @param invariants who is told
     */
    public Watch(List<Invariant> invariants) {
        this.invariants = List.copyOf(invariants);
    }

    /**
     * {@return all invariants there are, made for one run}
     *
     * @param limits       what the sequencer runs with
     * @param keptVersions how many newest versions the snapshotter keeps
     * @param serdes       read and write the records
     */
    public static List<Invariant> all(Limits limits, long keptVersions, HeddleSerdes serdes) {
        return List.of(new RevisionHasNoGap(), new DuplicatesAreIdentical(), new HashChainHolds(),
            new OpCommittedOnce(), new AckedOpIsInLog(), new SnapshotNotAheadOfLog(), new SnapshotEqualsReplay(),
            new TombstoneIsCovered(keptVersions), new KeptLogIsComplete(), new EverythingIsAnswered(),
            new ReplayEqualsLive(limits, serdes), new ReadsEqualReplay(), new AllClientsConverge());
    }

    /** {@return what was seen so far} */
    public Chronicle chronicle() {
        return chronicle;
    }

    /**
     * A record was appended to the canonical topic.
     *
     * @param operation what it says
     * @param value     its value
     */
    public void committed(CanonicalOperation operation, byte[] value) {
        invariants.forEach(each -> each.committed(chronicle, operation, value));
        chronicle.take(operation, value);
    }

    /**
     * A tombstone was appended to the canonical topic.
     *
     * @param workspace its workspace
     * @param version   the version
     */
    public void tombstoned(String workspace, long version) {
        invariants.forEach(each -> each.tombstoned(chronicle, workspace, version));
    }

    /**
     * A record was appended to the snapshot topic.
     *
     * @param snapshot what it says
     */
    public void snapshotWritten(StoredSnapshot snapshot) {
        invariants.forEach(each -> each.snapshotWritten(chronicle, snapshot));
        chronicle.take(snapshot);
    }

    /**
     * A writer was told that its operation is committed.
     *
     * @param ack what it was told
     */
    public void acknowledged(Acknowledgement ack) {
        invariants.forEach(each -> each.acknowledged(chronicle, ack));
    }

    /**
     * Everything has come to rest.
     *
     * @param rest how things stand
     */
    public void atRest(Rest rest) {
        invariants.forEach(each -> each.atRest(chronicle, rest));
    }
}
