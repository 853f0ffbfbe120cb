package dev.heddle.transformer.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** {@code /health/live}, {@code /health/ready} and {@code /metrics} over HTTP. */
public final class HealthServer implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int NOT_FOUND = 404;

    /**
     * An answer to a question of health.
     *
     * @param well whether all is well
     * @param json details as a JSON object
     */
    public record Health(boolean well, String json) {
        /** Checks that details are there. */
        public Health {
            Objects.requireNonNull(json, "json");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;

    /**
     * Starts serving.
     *
     * @param host    the address
     * @param port    the port, 0 for any free one
     * @param live    whether the process is in order
     * @param ready   whether a submitted edit would be ordered now
     * @param metrics the metrics in Prometheus' text form
     * @throws UncheckedIOException where the port is taken; the message names it
     */
    public HealthServer(String host, int port, Supplier<Health> live, Supplier<Health> ready,
                        Supplier<String> metrics) {
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (IOException taken) {
            throw new UncheckedIOException("cannot serve health and metrics on " + host + ":" + port + ": "
                + taken.getMessage() + " (expected: a free port, see heddle.transformer.http.port)", taken);
        }
        threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "transformer-health");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, NOT_FOUND, "text/plain", "not found\n"));
        server.createContext("/health/live", exchange -> answer(exchange, live.get()));
        server.createContext("/health/ready", exchange -> answer(exchange, ready.get()));
        server.createContext("/metrics", exchange ->
            answer(exchange, OK, "text/plain; version=0.0.4; charset=utf-8", metrics.get()));
        server.start();
    }

    /** {@return the port it listens on} */
    public int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, Health health) throws IOException {
        answer(exchange, health.well() ? OK : UNAVAILABLE, "application/json", health.json() + "\n");
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        try (exchange) {
            boolean head = "HEAD".equals(exchange.getRequestMethod());
            boolean read = head || "GET".equals(exchange.getRequestMethod());
            byte[] body = (read ? text : "only GET\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(read ? status : METHOD_NOT_ALLOWED, head ? -1 : body.length);
            if (!head) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(body);
                }
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
