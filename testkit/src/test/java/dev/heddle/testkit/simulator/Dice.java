package dev.heddle.testkit.simulator;

import java.util.List;
import java.util.Random;
import java.util.UUID;

/** All chance of a run. One seed decides it. */
final class Dice {

    private final Random random;

    Dice(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L);
    }

    /** {@return a number from 0, below a bound} */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** {@return a number between two, both included} */
    int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    boolean chance(int perMille) {
        return random.nextInt(1_000) < perMille;
    }

    <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** {@return twelve hexadecimal digits} */
    String hex() {
        return String.format("%012x", random.nextLong() & 0xFFFF_FFFF_FFFFL);
    }

    /** {@return a delay, mostly short, at times long} */
    long delayMs(int usualMs, int longMs) {
        return random.nextInt(20) == 0 ? random.nextInt(longMs + 1) : random.nextInt(usualMs + 1);
    }
}
