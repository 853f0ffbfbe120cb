package dev.heddle.engine.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The source of a random case: a list of small numbers, recorded as they are drawn, so that a failing case can be made
 * smaller by making the list smaller. Number 0 is always the simplest choice.
 */
public final class Choices {

    private final Random random;
    private final List<Integer> recorded;
    private final List<Integer> drawn = new ArrayList<>();

    Choices(long seed) {
        this.random = new Random(seed);
        this.recorded = null;
    }

    Choices(List<Integer> recorded) {
        this.random = null;
        this.recorded = recorded;
    }

    /** A number from 0 to below a bound. */
    public int below(int bound) {
        int choice;
        if (recorded == null) {
            choice = random.nextInt(bound);
        } else {
            choice = drawn.size() < recorded.size() ? Math.min(recorded.get(drawn.size()), bound - 1) : 0;
        }
        drawn.add(choice);
        return choice;
    }

    /** True about once in so many times. */
    public boolean once(int in) {
        return below(in) == in - 1;
    }

    public <T> T of(List<T> values) {
        return values.get(below(values.size()));
    }

    List<Integer> drawn() {
        return List.copyOf(drawn);
    }
}
