package dev.heddle.gateway.protocol;

/**
 * One message to clients, encoded once as UTF-8 JSON and shared by every socket that gets it.
 *
 * <p>Immutable by agreement: nobody writes into {@link #utf8()}.
 */
public final class Frame {

    private final byte[] utf8;
    private final long appendedAtMs;

    /**
     * Wraps bytes without a copy.
     *
     * @param utf8 the encoded message, not changed afterwards
     */
    public Frame(byte[] utf8) {
        this(utf8, 0);
    }

    /**
     * Wraps the bytes of an operation that everybody is being told of.
     *
     * @param utf8         the encoded message, not changed afterwards
     * @param appendedAtMs when it was appended to the raw log, milliseconds since 1970 UTC
     */
    public Frame(byte[] utf8, long appendedAtMs) {
        this.utf8 = utf8;
        this.appendedAtMs = appendedAtMs;
    }

    /** {@return when the new operation in it was appended to the raw log, or 0 where it is something else} */
    public long appendedAtMs() {
        return appendedAtMs;
    }

    /** {@return the encoded message itself, shared and never to be changed} */
    public byte[] utf8() {
        return utf8;
    }

    /** {@return its length in bytes} */
    public int lengthBytes() {
        return utf8.length;
    }
}
