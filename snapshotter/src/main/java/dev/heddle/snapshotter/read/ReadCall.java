package dev.heddle.snapshotter.read;

import dev.heddle.snapshotter.history.Rebuilder;
import dev.heddle.snapshotter.metrics.SnapshotterMetrics;
import dev.heddle.snapshotter.store.FaultException;
import dev.heddle.snapshotter.store.Shard;
import dev.heddle.snapshotter.store.StoreClosedException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Waits, without a thread, until a shard has come as far as a read asks for, and then runs the read on a worker thread.
 * Where the shard moves away meanwhile, the caller looks for its owner again.
 */
final class ReadCall {

    /** How often the owner of a shard is looked for while nobody holds it. */
    static final long RETRY_MS = 25;

    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final WorkerExecutor slowWorkers;
    private final Supplier<Rebuilder> rebuilder;
    private final SnapshotterMetrics metrics;
    private final LongSupplier nanoTime;

    ReadCall(Vertx vertx, WorkerExecutor workers, WorkerExecutor slowWorkers, Supplier<Rebuilder> rebuilder,
             SnapshotterMetrics metrics, LongSupplier nanoTime) {
        this.vertx = vertx;
        this.workers = workers;
        this.slowWorkers = slowWorkers;
        this.rebuilder = rebuilder;
        this.metrics = metrics;
        this.nanoTime = nanoTime;
    }

    SnapshotterMetrics metrics() {
        return metrics;
    }

    long nowNs() {
        return nanoTime.getAsLong();
    }

    /** Milliseconds left of a wait. */
    long leftMs(ReadQuery query, long startNs) {
        return query.waitMs() - TimeUnit.NANOSECONDS.toMillis(nowNs() - startNs);
    }

    /**
     * Waits and reads; the read sees at least what was waited for. It is first run without a rebuilder; where it
     * reaches back too far, it is run once more with one, on threads that hold nobody else up.
     */
    Future<Answer> run(Shard shard, ReadQuery query, long startNs, Function<Rebuilder, Answer> read) {
        Future<Void> ready = Future.succeededFuture();
        if (query.minOffset() > shard.foldedOffset()) {
            ready = await(null, shard, () -> shard.awaitOffset(query.minOffset()), query, startNs,
                "offset " + query.minOffset() + " of partition " + shard.partition());
        }
        if (query.minVersion() > 0) {
            ready = ready.compose(done -> onWorker(workers, () -> shard.version(query.workspace())))
                .compose(version -> version >= query.minVersion() ? Future.succeededFuture()
                    : await(query.workspace(), shard,
                        () -> shard.awaitVersion(query.workspace(), query.minVersion()), query, startNs,
                        "version " + query.minVersion() + " of workspace " + query.workspace()));
        }
        return ready.compose(done -> onWorker(workers, () -> read.apply(null)))
            .recover(failure -> failure instanceof TooOldException old ? rebuild(old, read)
                : Future.failedFuture(failure));
    }

    private Future<Answer> rebuild(TooOldException old, Function<Rebuilder, Answer> read) {
        Rebuilder able = rebuilder.get();
        return able == null ? Future.failedFuture(old.problem()) : onWorker(slowWorkers, () -> read.apply(able));
    }

    private static <T> Future<T> onWorker(WorkerExecutor threads, Supplier<T> work) {
        return threads.executeBlocking(() -> {
            try {
                return work.get();
            } catch (FaultException fault) {
                throw ReadException.unavailable(fault.getMessage());
            }
        }, false);
    }

    private Future<Void> await(String workspace, Shard shard, Supplier<CompletableFuture<Void>> waiter,
                               ReadQuery query, long startNs, String what) {
        ReadException late = ReadException.unavailable("reads are still catching up: " + what
            + " was not reached within " + query.waitMs() + " ms; try again in a moment");
        long leftMs = leftMs(query, startNs);
        if (leftMs <= 0) {
            return Future.failedFuture(late);
        }
        Context context = vertx.getOrCreateContext();
        CompletableFuture<Void> reached = waiter.get();
        Promise<Void> promise = Promise.promise();
        long timer = vertx.setTimer(leftMs, id -> reached.completeExceptionally(new TimeoutException()));
        reached.whenComplete((done, failure) -> context.runOnContext(ignored -> {
            vertx.cancelTimer(timer);
            if (failure == null) {
                promise.complete();
            } else {
                shard.forget(workspace, reached);
                promise.fail(failure instanceof StoreClosedException ? failure : late);
            }
        }));
        return promise.future();
    }

    /** Completes after a short pause, for another look at who holds the shard. */
    Future<Void> pause() {
        Promise<Void> promise = Promise.promise();
        vertx.setTimer(RETRY_MS, id -> promise.complete());
        return promise.future();
    }
}
