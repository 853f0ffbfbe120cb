package dev.heddle.engine.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Checks a law on many random cases. A failure is made smaller first, and names the seed that brings it back.
 *
 * <p>Seed: system property {@code heddle.seed}, else picked. Number of cases: as the test says, times the system
 * property {@code heddle.cases.percent} (default 100; more for a long run, less for the mutation check). How often a
 * failing case is tried smaller: {@code heddle.shrink.attempts}.
 */
public final class Property {

    private static final int SHRINK_ATTEMPTS_MAX = 20_000;

    /** One law, which throws on a case that breaks it. */
    @FunctionalInterface
    public interface Law {
        void check(Choices choices) throws Exception;
    }

    private Property() {
    }

    public static long seed() {
        String given = System.getProperty("heddle.seed", "");
        return given.isEmpty() ? new Random().nextLong() : Long.parseLong(given);
    }

    /** Whether all cases are run, so that every kind of case can be expected to come up. */
    public static boolean complete() {
        return percent() >= 100;
    }

    private static int percent() {
        return Integer.getInteger("heddle.cases.percent", 100);
    }

    public static void holds(int cases, Law law) {
        long seed = seed();
        long all = Math.max(1, (long) cases * percent() / 100);
        for (long index = 0; index < all; index++) {
            Choices choices = new Choices(seed + index * 0x9E3779B97F4A7C15L);
            Throwable failure = failure(law, choices);
            if (failure != null) {
                throw report(law, choices.drawn(), seed, index);
            }
        }
    }

    private static Throwable failure(Law law, Choices choices) {
        try {
            law.check(choices);
            return null;
        } catch (Exception | AssertionError e) {
            return e;
        }
    }

    private static AssertionError report(Law law, List<Integer> failing, long seed, long index) {
        List<Integer> smallest = shrink(law, failing);
        Throwable failure = failure(law, new Choices(smallest));
        return new AssertionError("case " + index + " of -Dheddle.seed=" + seed + ", shrunk from " + failing.size()
            + " to " + smallest.size() + " choices " + smallest + ": " + failure, failure);
    }

    static List<Integer> shrink(Law law, List<Integer> failing) {
        List<Integer> smallest = failing;
        int attemptsMax = Integer.getInteger("heddle.shrink.attempts", SHRINK_ATTEMPTS_MAX);
        int attempts = 0;
        boolean smaller = true;
        while (smaller && attempts < attemptsMax) {
            smaller = false;
            for (List<Integer> candidate : candidates(smallest)) {
                if (++attempts > attemptsMax) {
                    break;
                }
                Choices choices = new Choices(candidate);
                if (failure(law, choices) != null && weight(choices.drawn()) < weight(smallest)) {
                    smallest = choices.drawn();
                    smaller = true;
                    break;
                }
            }
        }
        return smallest;
    }

    private static long weight(List<Integer> choices) {
        return choices.size() * 1_000_000L + choices.stream().mapToLong(Integer::longValue).sum();
    }

    private static List<List<Integer>> candidates(List<Integer> choices) {
        List<List<Integer>> candidates = new ArrayList<>();
        for (int length = Math.max(1, choices.size() / 2); length >= 1; length /= 2) {
            for (int start = 0; start + length <= choices.size(); start += length) {
                List<Integer> without = new ArrayList<>(choices.subList(0, start));
                without.addAll(choices.subList(start + length, choices.size()));
                candidates.add(without);
            }
        }
        for (int index = 0; index < choices.size(); index++) {
            for (int value : new int[] {0, choices.get(index) / 2, choices.get(index) - 1}) {
                if (value >= 0 && value < choices.get(index)) {
                    List<Integer> lower = new ArrayList<>(choices);
                    lower.set(index, value);
                    candidates.add(lower);
                }
            }
        }
        return candidates;
    }
}
