package dev.heddle.gateway.room;

/**
 * How new an answer of the reader must be at least.
 *
 * @param minVersion version of the workspace that must be folded in, or null
 * @param minOffset  canonical offsets of the workspace's shard below this one must be folded in, or null
 */
public record ReadBound(Long minVersion, Long minOffset) {

    /** No bound: whatever the reader holds. */
    public static final ReadBound NONE = new ReadBound(null, null);

    /**
     * {@return at least this version}
     *
     * @param version the version
     */
    public static ReadBound version(long version) {
        return new ReadBound(version, null);
    }

    /**
     * {@return everything below this offset}
     *
     * @param offset the offset
     */
    public static ReadBound offset(long offset) {
        return new ReadBound(null, offset);
    }
}
