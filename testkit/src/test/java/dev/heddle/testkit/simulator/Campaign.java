package dev.heddle.testkit.simulator;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Many runs, seed after seed, until one breaks or it is enough. One thread. */
public final class Campaign {

    private final Totals totals = new Totals();
    private final Consumer<String> report;

    /**
     * A campaign that has not begun.
     *
     * @param report takes lines for whoever looks on
     */
    public Campaign(Consumer<String> report) {
        this.report = report;
    }

    /** {@return what happened so far} */
    public Totals totals() {
        return totals;
    }

    /**
     * Runs seeds one after the other.
     *
     * @param firstSeed the first
     * @param go        whether to go on with the next
     * @throws SeedFailed for the first that breaks
     */
    public void run(long firstSeed, BooleanSupplier go) {
        for (long seed = firstSeed; go.getAsBoolean(); seed++) {
            one(seed);
            if (totals.of("seeds") % 10_000 == 0) {
                report.accept(totals.toString());
            }
        }
    }

    /**
     * Runs one seed.
     *
     * @param seed the seed
     * @throws SeedFailed where it breaks
     */
    public void one(long seed) {
        try {
            totals.add(Simulation.run(seed));
        } catch (RuntimeException | Error broken) {
            throw new SeedFailed(seed, broken);
        }
    }

    /** A run broke; the message says how to run it again. */
    public static final class SeedFailed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final long seed;

        SeedFailed(long seed, Throwable cause) {
            super("seed " + seed + ": " + cause.getMessage() + "; again with ./mvnw -pl testkit -am test "
                + "-Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dseed=" + seed, cause);
            this.seed = seed;
        }

        /** {@return the seed} */
        public long seed() {
            return seed;
        }
    }
}
