package dev.heddle.editing;

/**
 * Which operations are to be taken back: all that fit what is given. Immutable.
 *
 * @param author  this author's, or null for anybody's
 * @param session those of sessions whose id begins like this, or null for any
 * @param from    from this version, or null for the oldest there is
 * @param to      up to this version, or null for the newest
 */
public record UndoSelection(String author, String session, Long from, Long to) {

    /** {@return whether nothing is given, which would mean everything and is never meant} */
    public boolean isEmpty() {
        return author == null && session == null && from == null && to == null;
    }

    /**
     * {@return whether an operation is to be taken back}
     *
     * @param version       its version
     * @param operationBy   its author, never null
     * @param operationFrom its session's id, never null
     */
    public boolean selects(long version, String operationBy, String operationFrom) {
        return (from == null || version >= from) && (to == null || version <= to)
            && (author == null || author.equals(operationBy))
            && (session == null || operationFrom.startsWith(session));
    }
}
