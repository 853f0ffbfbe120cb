package dev.heddle.testkit.invariant;

/** At rest no writer waits for an answer. */
public final class EverythingIsAnswered implements Invariant {

    /** An invariant of one run. */
    public EverythingIsAnswered() {
    }

    @Override
    public void atRest(Chronicle seen, Rest rest) {
        if (!rest.unanswered().isEmpty()) {
            throw new InvariantBroken(name(), "still unanswered: " + rest.unanswered());
        }
    }
}
