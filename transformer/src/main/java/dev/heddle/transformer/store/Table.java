package dev.heddle.transformer.store;

/**
 * The ordered byte table a shard's decisions are kept in. Keys order as unsigned bytes. One thread at a time.
 *
 * <p>It is this narrow so that the sequencer runs over a Kafka Streams store and over a map in a simulation alike.
 */
public interface Table {

    /** Sees entries in order and says when it has seen enough. */
    @FunctionalInterface
    interface Visitor {
        /**
         * {@return whether to go on with the next entry}
         *
         * @param key   the entry's key, not to be changed
         * @param value the entry's value, not to be changed
         */
        boolean visit(byte[] key, byte[] value);
    }

    /**
     * {@return the value of a key, or null}
     *
     * @param key the key, never null
     */
    byte[] get(byte[] key);

    /**
     * Puts a value.
     *
     * @param key   the key, never null
     * @param value the value, never null
     */
    void put(byte[] key, byte[] value);

    /**
     * Removes a key; one that is not there is no error.
     *
     * @param key the key, never null
     */
    void delete(byte[] key);

    /**
     * Visits all entries from one key to another, both included, in ascending order. The visitor must not change the
     * table.
     *
     * @param from    the first key
     * @param to      the last key
     * @param visitor sees the entries
     */
    void ascending(byte[] from, byte[] to, Visitor visitor);

    /**
     * Visits all entries from one key to another, both included, in descending order. The visitor must not change the
     * table.
     *
     * @param from    the lowest key
     * @param to      the highest key, visited first
     * @param visitor sees the entries
     */
    void descending(byte[] from, byte[] to, Visitor visitor);
}
