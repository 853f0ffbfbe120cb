package dev.heddle.testkit.invariant;

/** Something that must always hold does not. */
public final class InvariantBroken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String invariant;

    /**
     * A broken invariant.
     *
     * @param invariant its name
     * @param message   what was seen, and what was expected
     */
    public InvariantBroken(String invariant, String message) {
        super(invariant + ": " + message);
        this.invariant = invariant;
    }

    /** {@return the invariant's name} */
    public String invariant() {
        return invariant;
    }
}
