package dev.heddle.testkit.conformance;

import java.util.Objects;

/**
 * One rule of the protocol and how to find out whether a server keeps it.
 *
 * @param id       a short name that stays, such as {@code socket.resend}
 * @param sentence the rule in words
 * @param check    throws {@link BrokenRuleException} where the server breaks it
 */
public record Rule(String id, String sentence, Check check) {

    /** Checks that all is there. */
    public Rule {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(sentence, "sentence");
        Objects.requireNonNull(check, "check");
    }

    /** How to find out. */
    @FunctionalInterface
    public interface Check {
        /**
         * Tries a server.
         *
         * @param server the server
         * @throws BrokenRuleException where it breaks the rule
         */
        void on(Server server);
    }
}
