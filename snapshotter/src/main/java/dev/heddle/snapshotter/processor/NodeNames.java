package dev.heddle.snapshotter.processor;

/** Names of the topology's nodes; they show in metrics and in the reference page. */
public final class NodeNames {

    /** Source of operations. */
    public static final String CANONICAL = "canonical";
    /** Source of snapshots. */
    public static final String SNAPSHOTS = "snapshots-read-back";
    /** Keeps operations. */
    public static final String STORE_OPERATIONS = "store-operations";
    /** Keeps snapshots. */
    public static final String STORE_SNAPSHOTS = "store-snapshots";
    /** Folds operations and writes snapshots. */
    public static final String FOLD = "fold";
    /** Removes operations behind durable snapshots. */
    public static final String TRIM = "trim";
    /** Sink of snapshots. */
    public static final String SNAPSHOTS_OUT = "snapshots-out";
    /** Sink of snapshots that are written again. */
    public static final String HEALED_OUT = "snapshots-again-out";
    /** Sink of tombstones of operations. */
    public static final String TOMBSTONES_OUT = "tombstones-out";
    /** Sink of records that could not be read. */
    public static final String DEAD_LETTERS = "dead-letters-out";

    private NodeNames() {
    }
}
