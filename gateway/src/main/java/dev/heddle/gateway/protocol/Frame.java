package dev.heddle.gateway.protocol;

/**
 * One message to clients, encoded once as UTF-8 JSON and shared by every socket that gets it.
 *
 * <p>Immutable by agreement: nobody writes into {@link #utf8()}.
 */
public final class Frame {

    private final byte[] utf8;

    /**
     * Wraps bytes without a copy.
     *
     * @param utf8 the encoded message, not changed afterwards
     */
    public Frame(byte[] utf8) {
        this.utf8 = utf8;
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
