package dev.heddle.testkit.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Does to a cluster what a schedule says, several things at a time where they fall together. Of the brokers, which need
 * a majority, one at a time; of everything else as it comes, both instances included. One thread.
 */
final class FaultInjector {

    private static final long TERMINATE_DEADLINE_MS = 60_000;

    private final Cluster cluster;
    private final Journal journal;
    private final Set<ChildProcess> unwell = ConcurrentHashMap.newKeySet();
    private final ExecutorService healers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "chaos-healer");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Future<?>> healing = new ArrayList<>();

    FaultInjector(Cluster cluster, Journal journal) {
        this.cluster = cluster;
        this.journal = journal;
    }

    /** Goes through a schedule for a time, then puts everything right again; returns when that is done. */
    void run(FaultSchedule schedule, long durationMs) {
        long start = System.nanoTime();
        FaultSchedule.Step step = schedule.next();
        Pause.ms(step.gapMs());
        while ((System.nanoTime() - start) / 1_000_000 < durationMs) {
            inject(step);
            step = schedule.next();
            Pause.ms(step.gapMs());
        }
        awaitHealed();
    }

    /** Waits until every process that was hurt runs again; throws what went wrong on the way. */
    void awaitHealed() {
        for (Future<?> each : healing) {
            try {
                each.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            } catch (java.util.concurrent.ExecutionException e) {
                throw new AssertionError(e.getCause().getMessage(), e.getCause());
            }
        }
        healing.clear();
    }

    /** Does one thing, unless too many are unwell already; {@link #awaitHealed} waits until it is put right. */
    void inject(FaultSchedule.Step step) {
        List<ChildProcess> all = cluster.processes(step.role());
        List<ChildProcess> well = all.stream().filter(process -> !unwell.contains(process)).toList();
        boolean majority = step.role() != Cluster.Role.BROKER || well.size() == all.size();
        if (well.isEmpty() || !majority) {
            return;
        }
        ChildProcess target = well.get(step.choice() % well.size());
        if (!target.alive()) {
            throw new AssertionError(target.name() + " ended by itself with status " + target.awaitExit(1) + ":\n"
                + target.logTail());
        }
        unwell.add(target);
        journal.add(new Fault(step.kind(), step.role(), all.indexOf(target), System.nanoTime(), step.durationMs()));
        healing.add(healers.submit(() -> {
            hurtAndHeal(target, step);
            unwell.remove(target);
        }));
    }

    private static void hurtAndHeal(ChildProcess target, FaultSchedule.Step step) {
        switch (step.kind()) {
            case KILL -> {
                target.kill();
                Pause.ms(step.durationMs());
                target.start();
            }
            case TERMINATE -> {
                target.terminate();
                int status = target.awaitExit(TERMINATE_DEADLINE_MS);
                if (status != ChaosRun.TERMINATED) {
                    throw new AssertionError(target.name() + " ended with status " + status + " on SIGTERM (expected: "
                        + ChaosRun.TERMINATED + ")\n" + target.logTail());
                }
                Pause.ms(step.durationMs());
                target.start();
            }
            case PAUSE, LONG_PAUSE -> {
                target.pause();
                Pause.ms(step.durationMs());
                target.resume();
            }
        }
    }
}
