package dev.heddle.testkit.invariant;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.snapshotter.store.StoredSnapshot;

/**
 * Something that must always hold. It is told what happens as it happens, <em>before</em> the chronicle takes it in,
 * and throws {@link InvariantBroken}. One thread; an instance serves one run.
 */
public interface Invariant {

    /** {@return its name, as reports show it} */
    default String name() {
        return getClass().getSimpleName();
    }

    /**
     * A record was appended to the canonical topic.
     *
     * @param seen      everything before it
     * @param operation what it says
     * @param value     its value; not to be changed
     */
    default void committed(Chronicle seen, CanonicalOperation operation, byte[] value) {
        // Not every invariant is about this.
    }

    /**
     * A tombstone was appended to the canonical topic.
     *
     * @param seen      everything before it
     * @param workspace its workspace
     * @param version   the version that it removes
     */
    default void tombstoned(Chronicle seen, String workspace, long version) {
        // Not every invariant is about this.
    }

    /**
     * A record was appended to the snapshot topic.
     *
     * @param seen     everything before it
     * @param snapshot what it says
     */
    default void snapshotWritten(Chronicle seen, StoredSnapshot snapshot) {
        // Not every invariant is about this.
    }

    /**
     * A writer was told that its operation is committed.
     *
     * @param seen everything before it
     * @param ack  what it was told
     */
    default void acknowledged(Chronicle seen, Acknowledgement ack) {
        // Not every invariant is about this.
    }

    /**
     * Everything has come to rest: nothing is under way, everybody had time to answer.
     *
     * @param seen everything
     * @param rest how things stand
     */
    default void atRest(Chronicle seen, Rest rest) {
        // Not every invariant is about this.
    }
}
