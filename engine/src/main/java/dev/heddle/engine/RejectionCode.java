package dev.heddle.engine;

/**
 * Why an operation was not accepted. Numbers and names are permanent, as they travel in the log.
 *
 * <p>The sentence is the general rule; a rejection carries its own message with the thing, the value and the rule.
 */
public enum RejectionCode {
    /** The operation is not of a known form. */
    BAD_REQUEST(1, false, "The request is not of a form this server knows."),
    /** No workspace of that name exists. */
    UNKNOWN_WORKSPACE(2, false, "No workspace of that name exists."),
    /** No file of that id or path exists as of the operation's base. */
    UNKNOWN_FILE(3, false, "No file of that id or path exists as of the base."),
    /** The file was deleted before this operation was ordered. */
    FILE_DELETED(4, false, "The file was deleted before this operation was ordered."),
    /** The path breaks a path rule. */
    PATH_INVALID(5, false, "The path is not relative, normal and within the length limit."),
    /** Another file holds the path. */
    PATH_TAKEN(6, false, "Another file holds that path."),
    /** A position or length reaches outside the text it was written against. */
    OUT_OF_RANGE(7, false, "A position or length lies outside the file as of the base."),
    /** The base is newer than the head of the workspace. */
    BASE_IN_FUTURE(8, true, "The base is newer than the newest version."),
    /** The base is older than the kept history. */
    BASE_TOO_OLD(9, false, "The base is older than the kept history."),
    /** A sequence number was left out. */
    SEQ_GAP(10, true, "The sequence number is not the session's next one."),
    /** A sequence number was used again for something else. */
    SEQ_REUSED(11, false, "The sequence number was already used for another operation."),
    /** An operation that this one stands on was rejected. */
    PRECEDING_REJECTED(12, false, "An operation that this one stands on was rejected."),
    /** The text to replace is not in the file. */
    ANCHOR_NOT_FOUND(13, false, "The text to find is not in the file."),
    /** The text to replace occurs more than once. */
    ANCHOR_AMBIGUOUS(14, false, "The text to find occurs more than once in the file."),
    /** A text is not well-formed Unicode. */
    TEXT_MALFORMED(15, false, "The text holds a lone surrogate."),
    /** Something is larger than its limit. */
    TOO_LARGE(16, false, "The operation or its result is larger than the limit."),
    /** A count or rate limit was reached. */
    LIMIT_REACHED(17, true, "A limit was reached."),
    /** The caller may not do this. */
    FORBIDDEN(18, false, "The caller may not do this."),
    /** A part of the system did not answer in time. */
    UNAVAILABLE(19, true, "A part of the system is not available; nothing was changed.");

    private final int number;
    private final boolean retriable;
    private final String sentence;

    RejectionCode(int number, boolean retriable, String sentence) {
        this.number = number;
        this.retriable = retriable;
        this.sentence = sentence;
    }

    /** {@return the permanent number of this code} */
    public int number() {
        return number;
    }

    /** {@return whether sending the same operation again, unchanged, can help} */
    public boolean retriable() {
        return retriable;
    }

    /** {@return the rule in one sentence, for reference pages and as a default message} */
    public String sentence() {
        return sentence;
    }
}
