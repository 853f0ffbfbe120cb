package dev.heddle.snapshotter.store;

/** The shard was given up by this instance while it was being read; another instance has it, or soon will. */
public final class StoreClosedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * The shard is gone from here.
     *
     * @param partition the shard
     */
    public StoreClosedException(int partition) {
        super("shard " + partition + " is no longer held by this instance");
    }
}
