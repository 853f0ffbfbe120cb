package dev.heddle.cli.verify;

import dev.heddle.engine.workspace.Hash;
import java.util.Objects;

/**
 * A head that somebody kept: the hash of a version, which no later change of the log can give again.
 *
 * @param version the version, from 0
 * @param hash    its hash
 */
public record Head(long version, Hash hash) {

    /** Checks that the hash is there. */
    public Head {
        Objects.requireNonNull(hash, "hash");
    }

    /**
     * {@return a head as it is written down: {@code version:hash} or {@code hash@version}}
     *
     * @param text what was written; an {@link IllegalArgumentException} says what is wrong with it
     */
    public static Head parse(String text) {
        int colon = text.indexOf(':');
        int at = text.indexOf('@');
        try {
            long version = Long.parseLong(at < 0 ? text.substring(0, Math.max(0, colon)) : text.substring(at + 1));
            if (version >= 0) {
                return new Head(version, Hash.ofHex(at < 0 ? text.substring(colon + 1) : text.substring(0, at)));
            }
        } catch (IllegalArgumentException ignored) {
            // Said below, with the form expected.
        }
        throw new IllegalArgumentException("head " + text
            + " (expected: version:hash or hash@version, the hash as 64 hex digits)");
    }

    @Override
    public String toString() {
        return version + ":" + hash;
    }
}
