package dev.heddle.standalone;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts that run: started side by side, reported as they become ready, stopped in reverse order. Thread-safe. */
final class Parts implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    /** Long, because a service that lost its local state reads all of it again before it is ready. */
    private static final long READY_DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final long READY_PAUSE_MS = 10;

    private final Progress progress;
    private final Map<Part, AutoCloseable> running = new EnumMap<>(Part.class);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "start");
        thread.setDaemon(true);
        return thread;
    });
    private boolean closed;

    Parts(Progress progress) {
        this.progress = progress;
    }

    /**
     * Starts a part on a thread of its own.
     *
     * @param part    which
     * @param starter returns the part once it runs
     * @param ready   whether it serves; asked until it does
     * @param where   where a ready part is reached, for the terminal
     * @return the ready part, or a {@link Complaint}
     */
    <T extends AutoCloseable> CompletableFuture<T> start(Part part, Callable<T> starter, Predicate<T> ready,
                                                         Function<T, String> where) {
        return CompletableFuture.supplyAsync(() -> {
            long start = System.nanoTime();
            T started = tryStart(part, starter);
            keep(part, started);
            awaitReady(part, () -> ready.test(started), start);
            progress.ready(part.toString(), where.apply(started),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            return started;
        }, threads);
    }

    /** {@return the part, waited for}; throws the {@link Complaint} that kept it from starting */
    static <T> T await(CompletableFuture<T> part) {
        try {
            return part.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Complaint complaint) {
                throw complaint;
            }
            throw e;
        }
    }

    /** Stops what runs, the newest layer first, and whatever still becomes ready later. Later calls do nothing. */
    @Override
    public void close() {
        Map<Part, AutoCloseable> parts;
        synchronized (this) {
            closed = true;
            parts = new EnumMap<>(running);
            running.clear();
        }
        Part[] order = Part.values();
        for (int i = order.length - 1; i >= 0; i--) {
            if (parts.containsKey(order[i])) {
                stop(order[i], parts.get(order[i]));
            }
        }
        threads.shutdown();
    }

    private static <T> T tryStart(Part part, Callable<T> starter) {
        try {
            return starter.call();
        } catch (Exception | LinkageError e) {
            log.error("{} did not start", part, e);
            String reason = e.getMessage() == null ? e.getClass().getName() : e.getMessage();
            throw new Complaint(part + " did not start: " + reason, e);
        }
    }

    private void awaitReady(Part part, BooleanSupplier ready, long start) {
        try {
            while (!ready.getAsBoolean()) {
                if (System.nanoTime() - start > READY_DEADLINE_NANOS) {
                    throw new Complaint(part + " did not become ready within "
                        + TimeUnit.NANOSECONDS.toSeconds(READY_DEADLINE_NANOS) + " s");
                }
                Thread.sleep(READY_PAUSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint(part + " was not waited for", e);
        }
    }

    private void keep(Part part, AutoCloseable started) {
        synchronized (this) {
            if (!closed) {
                running.put(part, started);
                return;
            }
        }
        stop(part, started);
    }

    private static void stop(Part part, AutoCloseable running) {
        long start = System.nanoTime();
        try {
            running.close();
            log.info("{} stopped in {} ms", part, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        } catch (Exception e) {
            log.error("{} did not stop cleanly", part, e);
        }
    }
}
