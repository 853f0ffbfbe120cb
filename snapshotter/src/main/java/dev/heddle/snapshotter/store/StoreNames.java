package dev.heddle.snapshotter.store;

/** Names of the state stores; they are part of the layout of a state directory. */
public final class StoreNames {

    /** Records of the canonical topic by key. */
    public static final String OPERATIONS = "operations";
    /** Records of the snapshot topic by key. */
    public static final String SNAPSHOTS = "snapshots";

    private StoreNames() {
    }
}
