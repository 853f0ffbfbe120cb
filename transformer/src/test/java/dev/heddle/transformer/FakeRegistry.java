package dev.heddle.transformer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A registry on a loopback port with as much of Confluent's interface as the serde uses; can go away and come back. */
public final class FakeRegistry implements AutoCloseable {

    static {
        // Otherwise each answer waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final String BEFORE = "{\"schema\":\"";
    private static final String AFTER = "\"}";

    private final List<String> schemas = new ArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server;
    private volatile boolean away;

    public FakeRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** {@return settings of a client that gives up soon} */
    public Map<String, String> settings() {
        return Map.of("schema.registry.url", url(), "max.retries", "1", "retries.wait.ms", "1",
            "heddle.registry.unknown.cache.ms", "1");
    }

    public SchemaRegistryClient client() {
        return SchemaRegistryClient.create(settings());
    }

    public void away(boolean now) {
        away = now;
    }

    public int requests() {
        return requests.get();
    }

    /** {@return the id of a schema put in without a client} */
    public int register(String schema) {
        return registerEscaped(schema.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    /** Schemas are kept as they stand within a JSON string; that spares a parser. */
    private synchronized int registerEscaped(String schema) {
        int known = schemas.indexOf(schema);
        if (known < 0) {
            schemas.add(schema);
            known = schemas.size() - 1;
        }
        return known + 1;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (away) {
            send(exchange, 503, "{\"error_code\":50301,\"message\":\"away\"}");
        } else if (path.startsWith("/subjects/")) {
            String request = new String(body, StandardCharsets.UTF_8);
            String schema = request.substring(BEFORE.length(), request.length() - AFTER.length());
            send(exchange, 200, "{\"id\":" + registerEscaped(schema) + "}");
        } else if (path.startsWith("/schemas/ids/")) {
            schema(exchange, Integer.parseUnsignedInt(path.substring("/schemas/ids/".length())));
        } else {
            send(exchange, 200, "{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}");
        }
    }

    private void schema(HttpExchange exchange, int id) throws IOException {
        if (id < 1 || id > schemas.size()) {
            send(exchange, 404, "{\"error_code\":40403,\"message\":\"no schema " + id + "\"}");
        } else {
            send(exchange, 200, BEFORE + schemas.get(id - 1) + AFTER);
        }
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
