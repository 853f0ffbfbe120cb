package dev.heddle.snapshotter.read;

import dev.heddle.schemas.error.EdgeError;
import dev.heddle.snapshotter.history.Rebuilder;
import dev.heddle.snapshotter.metrics.SnapshotterMetrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The HTTP server of the read API, with its event loops and worker threads. */
public final class ReadServer implements AutoCloseable {

    private static final int SLOW_THREADS = 2;
    /** A rebuild of a long history takes its time; only beyond this a warning is logged. */
    private static final long SLOW_MINUTES_MAX = 5;
    private static final Duration WAIT = Duration.ofSeconds(10);

    /**
     * What the server shows of the service around it.
     *
     * @param live      whether it still can work
     * @param ready     whether it answers reads now
     * @param metrics   the metrics page
     * @param rebuilder rebuilds what is older than kept; gives null while there is none
     */
    public record Service(BooleanSupplier live, BooleanSupplier ready, Supplier<String> metrics,
                          Supplier<Rebuilder> rebuilder) {
    }

    private final Vertx vertx;
    private final HttpServer server;

    private ReadServer(Vertx vertx, HttpServer server) {
        this.vertx = vertx;
        this.server = server;
    }

    /**
     * {@return a server that listens}
     *
     * @param host     the address to listen on
     * @param port     the port, 0 for any free one
     * @param threads  worker threads for reads
     * @param limits   bounds of reads
     * @param locator  finds the owner of a workspace
     * @param service  what is around it
     * @param metrics  what is counted
     * @param nanoTime a clock that only goes forward, nanoseconds
     * @throws IllegalStateException where the port cannot be had
     */
    public static ReadServer start(String host, int port, int threads, ReadLimits limits, Owner.Locator locator,
                                   Service service, SnapshotterMetrics metrics, LongSupplier nanoTime) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(2));
        WorkerExecutor workers = vertx.createSharedWorkerExecutor("snapshotter-reads", threads);
        Router router = Router.router(vertx);
        new HealthRoutes(vertx, service.live(), service.ready(), service.metrics()).install(router);
        WorkerExecutor slowWorkers = vertx.createSharedWorkerExecutor("snapshotter-history", SLOW_THREADS,
            SLOW_MINUTES_MAX, TimeUnit.MINUTES);
        ReadCall calls = new ReadCall(vertx, workers, slowWorkers, service.rebuilder(), metrics, nanoTime);
        new ReadRoutes(locator, calls, new Proxy(vertx.createHttpClient(
            new PoolOptions().setHttp1MaxSize(limits.inFlightMax()))), limits).install(router);
        router.route().last().handler(context -> Problems.answer(context.response(),
            ReadException.of(EdgeError.NOT_FOUND, "no such call: "
                + context.request().method() + " " + ReadQuery.shown(context.request().path()))));
        HttpServerOptions options = new HttpServerOptions().setHost(host).setPort(port).setTcpNoDelay(true);
        try {
            HttpServer server = await(vertx.createHttpServer(options).requestHandler(router).listen());
            return new ReadServer(vertx, server);
        } catch (IllegalStateException failed) {
            vertx.close();
            throw new IllegalStateException("cannot listen on " + host + ":" + port + ": " + failed.getMessage(),
                failed);
        }
    }

    /** {@return the port it listens on} */
    public int port() {
        return server.actualPort();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause().getMessage(), failed.getCause());
        } catch (TimeoutException late) {
            throw new IllegalStateException("no answer within " + WAIT.toMillis() + " ms", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    /** Stops listening and ends all threads; waits a bounded time. */
    @Override
    public void close() {
        await(vertx.close());
    }
}
