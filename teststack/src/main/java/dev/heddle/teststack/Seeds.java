package dev.heddle.teststack;

import java.util.Random;

/** Seeds of randomised tests: printed, so that a failure can be run again with {@code -Dheddle.seed=...}. */
public final class Seeds {

    /** System property that fixes the seed; empty or absent picks one. */
    public static final String PROPERTY = "heddle.seed";

    private Seeds() {
    }

    /**
     * {@return a source of randomness for one test, after printing its seed}
     *
     * @param test the test's name, for the printed line
     */
    public static Random random(String test) {
        return new Random(seed(test));
    }

    /**
     * {@return the seed given by the system property, or else a new one; printed either way}
     *
     * @param test the test's name, for the printed line
     */
    public static long seed(String test) {
        String given = System.getProperty(PROPERTY, "").trim();
        long seed = given.isEmpty() ? System.nanoTime() : parse(given);
        System.out.println(test + ": again with -D" + PROPERTY + "=" + seed);
        return seed;
    }

    private static long parse(String given) {
        try {
            return Long.parseLong(given);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(PROPERTY + ": " + given + " (expected: a whole number)", e);
        }
    }
}
