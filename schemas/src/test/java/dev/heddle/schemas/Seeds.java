package dev.heddle.schemas;

import java.util.Random;

/** Randomness that can be repeated: every seed is printed, and {@code -Dheddle.seed=n} takes one back. */
public final class Seeds {

    private Seeds() {
    }

    /** {@return a generator, whose seed is printed under a name} */
    public static Random random(String name) {
        String given = System.getProperty("heddle.seed", "");
        long seed = given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
        System.out.println(name + ": -Dheddle.seed=" + seed);
        return new Random(seed);
    }
}
