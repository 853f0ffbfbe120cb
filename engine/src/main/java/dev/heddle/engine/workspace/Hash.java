package dev.heddle.engine.workspace;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 value: 32 bytes, immutable, shown as lower-case hex. */
public final class Hash {

    /** Number of bytes of every hash. */
    public static final int LENGTH_BYTES = 32;

    /** The hash before version 1: 32 zero bytes. */
    public static final Hash ZERO = new Hash(new byte[LENGTH_BYTES]);

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * {@return a hash of these bytes, which are copied}
     *
     * @param bytes exactly 32 bytes
     */
    public static Hash of(byte[] bytes) {
        if (bytes.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("hash: " + bytes.length + " bytes (expected: 32)");
        }
        return new Hash(bytes.clone());
    }

    /**
     * {@return a hash read from 64 hex digits}
     *
     * @param hex the digits
     */
    public static Hash ofHex(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    /** A hash still to be worked out by {@link #fill}, before anybody else sees it. */
    static Hash blank() {
        return new Hash(new byte[LENGTH_BYTES]);
    }

    /** Puts a blank hash's value in: what the digest makes of what it was given. */
    void fill(MessageDigest digest) {
        try {
            digest.digest(bytes, 0, LENGTH_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 is " + LENGTH_BYTES + " bytes", e);
        }
    }

    void writeTo(ByteWriter out) {
        out.putRaw(bytes);
    }

    /** {@return a copy of the 32 bytes} */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** {@return 64 lower-case hex digits} */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
