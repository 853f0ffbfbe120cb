package dev.heddle.snapshotter.store;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Who waits until one shard's fold has come somewhere. Any thread; no thread blocks. Whoever gives up completes or
 * cancels the future and calls {@link #forget}.
 */
final class Waiters {

    private static final Comparator<Waiter> BY_POSITION = Comparator.comparingLong(Waiter::position);

    private record Waiter(String workspace, long position, CompletableFuture<Void> reached) {
    }

    private final PriorityQueue<Waiter> byOffset = new PriorityQueue<>(BY_POSITION);
    private final Map<String, PriorityQueue<Waiter>> byVersion = new HashMap<>();
    private volatile int waiting;

    /** A future that is done once offsets below one were folded; current() is asked again under the lock. */
    CompletableFuture<Void> awaitOffset(long offset, LongSupplier current) {
        return await(null, offset, current);
    }

    /** A future that is done once a workspace has a version; current() is asked again under the lock. */
    CompletableFuture<Void> awaitVersion(String workspace, long version, LongSupplier current) {
        return await(workspace, version, current);
    }

    private CompletableFuture<Void> await(String workspace, long position, LongSupplier current) {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        synchronized (this) {
            waiting++;
            queue(workspace).add(new Waiter(workspace, position, reached));
        }
        // Asked after the waiter can be seen, so that an advance in between is noticed by one side or the other.
        if (current.getAsLong() >= position) {
            reached.complete(null);
            forget(workspace, reached);
        }
        return reached;
    }

    private PriorityQueue<Waiter> queue(String workspace) {
        return workspace == null ? byOffset
            : byVersion.computeIfAbsent(workspace, name -> new PriorityQueue<>(BY_POSITION));
    }

    /** Takes a waiter out, done or not. */
    synchronized void forget(String workspace, CompletableFuture<Void> reached) {
        PriorityQueue<Waiter> queue = workspace == null ? byOffset : byVersion.get(workspace);
        if (queue != null && queue.removeIf(waiter -> waiter.reached() == reached)) {
            waiting--;
            if (workspace != null && queue.isEmpty()) {
                byVersion.remove(workspace);
            }
        }
    }

    void versionReached(String workspace, long version) {
        if (waiting > 0) {
            complete(workspace, version);
        }
    }

    void offsetReached(long offset) {
        if (waiting > 0) {
            complete(null, offset);
        }
    }

    private void complete(String workspace, long position) {
        Waiter next = poll(workspace, position);
        while (next != null) {
            next.reached().complete(null);
            next = poll(workspace, position);
        }
    }

    private synchronized Waiter poll(String workspace, long position) {
        PriorityQueue<Waiter> queue = workspace == null ? byOffset : byVersion.get(workspace);
        if (queue == null || queue.isEmpty() || queue.peek().position() > position) {
            return null;
        }
        waiting--;
        Waiter found = queue.poll();
        if (workspace != null && queue.isEmpty()) {
            byVersion.remove(workspace);
        }
        return found;
    }

    int waiting() {
        return waiting;
    }

    void failAll(RuntimeException cause) {
        PriorityQueue<Waiter> all = new PriorityQueue<>(BY_POSITION);
        synchronized (this) {
            all.addAll(byOffset);
            byVersion.values().forEach(all::addAll);
            byOffset.clear();
            byVersion.clear();
            waiting = 0;
        }
        all.forEach(waiter -> waiter.reached().completeExceptionally(cause));
    }
}
