package dev.heddle.gateway.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Whether clients without a token are let in. */
public enum Anonymous {
    /** Where only this machine can reach the gateway and no token keys are set. */
    LOOPBACK,
    /** Always. */
    ALWAYS,
    /** Never. */
    NEVER;

    /** {@return the word of the setting} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the words of the setting} */
    public static List<String> words() {
        return Arrays.stream(values()).map(Anonymous::word).toList();
    }

    /**
     * {@return the value of a word}
     *
     * @param word one of {@link #words()}
     */
    public static Anonymous of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /**
     * {@return why clients without a token are refused, or null if they are let in}
     *
     * @param host     the address the gateway listens on
     * @param withKeys whether keys of tokens are set
     */
    public String refusal(String host, boolean withKeys) {
        if (this == ALWAYS) {
            return null;
        } else if (this == NEVER) {
            return "heddle.gateway.anonymous is never";
        } else if (withKeys) {
            return "keys of tokens are set (heddle.gateway.jwt.*)";
        }
        return Loopback.isLoopback(host) ? null : "this gateway listens on " + host
            + ", which is no loopback address, and no keys of tokens are set (heddle.gateway.jwt.*)";
    }
}
