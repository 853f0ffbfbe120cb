package dev.heddle.cli.command;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Does things several at a time and hands their results out in the order they were given. The first one is done alone,
 * so that an error that is one of all is met once. The first error ends it. For one thread.
 *
 * @param <T> what each results in; may be null
 */
final class InOrder<T> implements AutoCloseable {

    private final int most;
    private final ExecutorService threads;
    private final Deque<Future<T>> pending = new ArrayDeque<>();
    private boolean begun;

    /** Starts nothing yet. */
    InOrder(int most) {
        this.most = most;
        threads = Executors.newFixedThreadPool(most, work -> {
            Thread thread = new Thread(work, "heddle-work");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Takes one more to do; waits for the oldest where so many are under way, and hands its result out. */
    void add(Callable<T> work, Consumer<T> done) {
        if (pending.size() == most) {
            done.accept(result(pending.removeFirst()));
        }
        pending.addLast(threads.submit(work));
        if (!begun) {
            begun = true;
            finish(done);
        }
    }

    /** Waits for all that are under way. */
    void finish(Consumer<T> done) {
        while (!pending.isEmpty()) {
            done.accept(result(pending.removeFirst()));
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException error) {
            if (error.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(error.getCause());
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(error);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
