package dev.heddle.testkit.conformance;

/** A server did something else than the protocol says. */
public final class BrokenRuleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * What it did.
     *
     * @param message what was seen and what was expected
     */
    public BrokenRuleException(String message) {
        super(message);
    }

    /** Breaks the rule unless something holds. */
    static void unless(boolean holds, String message, Object... values) {
        if (!holds) {
            throw new BrokenRuleException(String.format(message, values));
        }
    }

    /** Breaks the rule unless two values are equal. */
    static void unlessEqual(Object expected, Object seen, String what) {
        unless(expected.equals(seen), "%s: %s (expected: %s)", what, seen, expected);
    }
}
