package dev.heddle.testkit.simulator;

/** A simulated process ends here and now. An error, so that nothing on the way takes it for its own to handle. */
final class Death extends Error {

    private static final long serialVersionUID = 1L;

    Death(String where) {
        super("killed at " + where, null, false, false);
    }
}
