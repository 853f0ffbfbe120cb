package dev.heddle.testkit.chaos;

import java.util.List;
import java.util.Random;

/**
 * Which fault comes next: a function of the seed alone.
 *
 * <p>The first faults are one of each kind and role that matter most, so that a short run has them too.
 */
final class FaultSchedule {

    /**
     * What to do next.
     *
     * @param kind       what
     * @param role       to what
     * @param choice     which of the role: index modulo the number of those that are well
     * @param durationMs how long it lasts, in milliseconds
     * @param gapMs      how long to wait before it, in milliseconds
     */
    record Step(Fault.Kind kind, Cluster.Role role, int choice, long durationMs, long gapMs) {
    }

    private record Opening(Fault.Kind kind, Cluster.Role role) {
    }

    private static final List<Opening> OPENINGS = List.of(
        new Opening(Fault.Kind.KILL, Cluster.Role.TRANSFORMER), new Opening(Fault.Kind.KILL, Cluster.Role.GATEWAY),
        new Opening(Fault.Kind.LONG_PAUSE, Cluster.Role.TRANSFORMER),
        new Opening(Fault.Kind.KILL, Cluster.Role.BROKER), new Opening(Fault.Kind.PAUSE, Cluster.Role.GATEWAY),
        new Opening(Fault.Kind.KILL, Cluster.Role.SNAPSHOTTER));

    private final Random random;
    private final long sessionTimeoutMs;
    private final long gapMs;
    private int count;

    /**
     * A schedule.
     *
     * @param seed             decides everything
     * @param sessionTimeoutMs of the consumer groups, in milliseconds
     * @param gapMs            time between two faults on average, in milliseconds
     */
    FaultSchedule(long seed, long sessionTimeoutMs, long gapMs) {
        this.random = new Random(seed);
        this.sessionTimeoutMs = sessionTimeoutMs;
        this.gapMs = gapMs;
    }

    Step next() {
        Opening what = count < OPENINGS.size() ? OPENINGS.get(count) : new Opening(kind(), role());
        count++;
        long durationMs = switch (what.kind()) {
            case KILL, TERMINATE -> random.nextInt(2_000);
            case PAUSE -> 200 + random.nextInt((int) (sessionTimeoutMs / 2));
            case LONG_PAUSE -> sessionTimeoutMs + 1_000 + random.nextInt(2_000);
        };
        return new Step(what.kind(), what.role(), random.nextInt(1_000), durationMs,
            gapMs / 2 + random.nextInt((int) gapMs));
    }

    private Fault.Kind kind() {
        int dice = random.nextInt(10);
        return dice < 4 ? Fault.Kind.KILL : dice < 6 ? Fault.Kind.TERMINATE
            : dice < 8 ? Fault.Kind.PAUSE : Fault.Kind.LONG_PAUSE;
    }

    private Cluster.Role role() {
        int dice = random.nextInt(20);
        return dice < 7 ? Cluster.Role.TRANSFORMER : dice < 13 ? Cluster.Role.GATEWAY
            : dice < 17 ? Cluster.Role.BROKER : Cluster.Role.SNAPSHOTTER;
    }
}
