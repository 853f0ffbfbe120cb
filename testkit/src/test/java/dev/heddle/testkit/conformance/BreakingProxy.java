package dev.heddle.testkit.conformance;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * A server that is right but for one thing: it passes everything on to a real one and spoils what comes back, or is
 * slower with one client than with another.
 */
final class BreakingProxy implements AutoCloseable {

    private static final Set<String> OWN_HEADERS = Set.of("content-length", "transfer-encoding", "connection");

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private final WebSocketClient sockets = vertx.createWebSocketClient(
        new WebSocketClientOptions().setClosingTimeout(1));
    private final URI target;
    private final UnaryOperator<String> frames;
    private final UnaryOperator<String> bodies;
    private final IntUnaryOperator delaysMs;
    private final AtomicInteger accepted = new AtomicInteger();
    private final HttpServer server;

    /**
     * A proxy that listens.
     *
     * @param target host and port of the real server
     * @param frames what a frame to a client becomes; null where it is kept back
     * @param bodies what the body of an answer becomes
     */
    BreakingProxy(String target, UnaryOperator<String> frames, UnaryOperator<String> bodies) {
        this(target, frames, bodies, socket -> 0);
    }

    /**
     * A proxy that spoils nothing, but takes its time.
     *
     * @param target   host and port of the real server
     * @param delaysMs how long every frame of a client waits, in milliseconds, by the number of its socket from 0
     */
    BreakingProxy(String target, IntUnaryOperator delaysMs) {
        this(target, UnaryOperator.identity(), UnaryOperator.identity(), delaysMs);
    }

    private BreakingProxy(String target, UnaryOperator<String> frames, UnaryOperator<String> bodies,
                          IntUnaryOperator delaysMs) {
        this.target = URI.create("http://" + target);
        this.frames = frames;
        this.bodies = bodies;
        this.delaysMs = delaysMs;
        this.server = awaited(vertx.createHttpServer(new HttpServerOptions().addWebSocketSubProtocol("heddle.v1")
            .setWebSocketClosingTimeout(1)).requestHandler(this::pass).webSocketHandler(this::pass)
            .listen(0, "127.0.0.1"));
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    private void pass(HttpServerRequest from) {
        from.body().compose(body -> client.request(new RequestOptions().setHost(target.getHost())
            .setPort(target.getPort()).setMethod(from.method()).setURI(from.uri())).compose(to -> {
                from.headers().forEach((name, value) -> {
                    if (!OWN_HEADERS.contains(name.toLowerCase()) && !name.equalsIgnoreCase("host")) {
                        to.putHeader(name, value);
                    }
                });
                return to.send(body);
            })).compose(answer -> answer.body().map(body -> {
                from.response().setStatusCode(answer.statusCode());
                answer.headers().forEach((name, value) -> {
                    if (!OWN_HEADERS.contains(name.toLowerCase())) {
                        from.response().putHeader(name, value);
                    }
                });
                return from.response().end(Buffer.buffer(bodies.apply(body.toString())));
            })).onFailure(failure -> from.response().setStatusCode(502).end(failure.toString()));
    }

    private void pass(ServerWebSocket near) {
        near.pause();
        int delayMs = delaysMs.applyAsInt(accepted.getAndIncrement());
        sockets.connect(new WebSocketConnectOptions().setHost(target.getHost()).setPort(target.getPort())
            .setURI(near.uri()).addSubProtocol("heddle.v1")).onSuccess(far -> {
                near.textMessageHandler(text -> {
                    if (delayMs == 0) {
                        far.writeTextMessage(text);
                    } else {
                        vertx.setTimer(delayMs, due -> far.writeTextMessage(text));
                    }
                });
                far.textMessageHandler(text -> {
                    String spoilt = frames.apply(text);
                    if (spoilt != null) {
                        near.writeTextMessage(spoilt);
                    }
                });
                far.closeHandler(closed -> near.close(far.closeStatusCode() == null ? 1000 : far.closeStatusCode()));
                near.closeHandler(closed -> far.close());
                near.resume();
            }).onFailure(failure -> near.close((short) 4500));
    }

    private static <T> T awaited(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        awaited(vertx.close());
    }
}
