package dev.heddle.gateway.room;

/**
 * Which state of a workspace a read is of. At most one of the two is given; the newest state where none is.
 *
 * @param version the version, or null
 * @param at      the last version up to this time, as ISO 8601 in UTC, or null
 */
public record AsOf(Long version, String at) {

    /** The newest state. */
    public static final AsOf NEWEST = new AsOf(null, null);

    /**
     * {@return the state of a version}
     *
     * @param version the version; null for the newest
     */
    public static AsOf version(Long version) {
        return version == null ? NEWEST : new AsOf(version, null);
    }

    /** {@return whether it is the newest state, which needs no history} */
    public boolean isNewest() {
        return version == null && at == null;
    }
}
