package dev.heddle.schemas.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** An HTTP server with Confluent's REST interface over a map, and faults on demand. */
final class FakeRegistry implements AutoCloseable {

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, List<Integer>> subjects = new LinkedHashMap<>();
    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, String> compatibility = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Every request so far, as method and path. */
    final List<String> requests = new CopyOnWriteArrayList<>();
    /** The Authorization header of every request. */
    final List<String> authorizations = new CopyOnWriteArrayList<>();
    /** Faults for the next requests, one each, before any proper answer. */
    final List<Fault> faults = Collections.synchronizedList(new ArrayList<>());

    /** What goes wrong with one request. */
    enum Fault { STATUS_500, STATUS_404_HTML, STATUS_401, STATUS_429, HANG, HANG_IN_BODY, CLOSE, NOT_JSON, HUGE, NO_ID }

    FakeRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** {@return an id for a schema under no check at all} */
    synchronized int put(String subject, Schema schema) {
        int index = schemas.indexOf(schema);
        if (index < 0) {
            schemas.add(schema);
            index = schemas.size() - 1;
        }
        List<Integer> ids = subjects.computeIfAbsent(subject, name -> new ArrayList<>());
        if (!ids.contains(index + 1)) {
            ids.add(index + 1);
        }
        return index + 1;
    }

    synchronized String compatibilityOf(String subject) {
        return compatibility.get(subject);
    }

    synchronized List<Integer> idsOf(String subject) {
        return List.copyOf(subjects.getOrDefault(subject, List.of()));
    }

    synchronized Schema schema(int id) {
        return schemas.get(id - 1);
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath());
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        byte[] body = exchange.getRequestBody().readAllBytes();
        Fault fault = null;
        synchronized (faults) {
            fault = faults.isEmpty() ? null : faults.remove(0);
        }
        if (fault != null) {
            fail(exchange, fault);
            return;
        }
        synchronized (this) {
            String[] parts = exchange.getRequestURI().getRawPath().substring(1).split("/");
            for (int i = 0; i < parts.length; i++) {
                parts[i] = URLDecoder.decode(parts[i], StandardCharsets.UTF_8);
            }
            answer(exchange, parts, body.length == 0 ? null : json.readTree(body));
        }
    }

    private void fail(HttpExchange exchange, Fault fault) throws IOException {
        switch (fault) {
            case STATUS_500 -> send(exchange, 500, "{\"error_code\":50001,\"message\":\"store is away\"}");
            case STATUS_404_HTML -> send(exchange, 404, "<html>nothing here</html>");
            case STATUS_401 -> send(exchange, 401, "{\"error_code\":401,\"message\":\"Unauthorized\"}");
            case STATUS_429 -> send(exchange, 429, "{\"error_code\":429,\"message\":\"slow down\"}");
            case NOT_JSON -> send(exchange, 200, "hello");
            case NO_ID -> send(exchange, 200, "{}");
            case HUGE -> send(exchange, 200, "{\"schema\":\"" + "x".repeat(8 * 1024 * 1024) + "\"}");
            case CLOSE -> exchange.close();
            case HANG -> hang(exchange);
            case HANG_IN_BODY -> {
                exchange.sendResponseHeaders(200, 1_000);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
                hang(exchange);
            }
        }
    }

    private void hang(HttpExchange exchange) {
        try {
            closed.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private void answer(HttpExchange exchange, String[] parts, JsonNode body) throws IOException {
        String method = exchange.getRequestMethod();
        if (parts[0].equals("schemas")) {
            int id = Integer.parseUnsignedInt(parts[2]);
            if (id < 1 || id > schemas.size()) {
                send(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
            } else {
                send(exchange, 200, json.createObjectNode().put("schema", schema(id).toString()).toString());
            }
        } else if (parts[0].equals("config") && method.equals("GET")) {
            String level = compatibility.get(parts[1]);
            if (level == null) {
                send(exchange, 404, "{\"error_code\":40408,\"message\":\"no level for this subject\"}");
            } else {
                send(exchange, 200, "{\"compatibilityLevel\":\"" + level + "\"}");
            }
        } else if (parts[0].equals("config")) {
            compatibility.put(parts[1], body.path("compatibility").asText());
            send(exchange, 200, body.toString());
        } else if (parts.length == 3) {
            register(exchange, parts[1], new Schema.Parser().parse(body.path("schema").asText()));
        } else {
            lookUp(exchange, parts[1], new Schema.Parser().parse(body.path("schema").asText()));
        }
    }

    private void register(HttpExchange exchange, String subject, Schema schema) throws IOException {
        for (int id : idsOf(subject)) {
            if (!compatible(schema, schema(id)) || !compatible(schema(id), schema)) {
                send(exchange, 409, "{\"error_code\":409,\"message\":\"Schema being registered is incompatible\"}");
                return;
            }
        }
        send(exchange, 200, "{\"id\":" + put(subject, schema) + "}");
    }

    private void lookUp(HttpExchange exchange, String subject, Schema schema) throws IOException {
        for (int id : idsOf(subject)) {
            if (schema(id).equals(schema)) {
                send(exchange, 200, "{\"subject\":\"" + subject + "\",\"id\":" + id + ",\"version\":1}");
                return;
            }
        }
        send(exchange, 404, "{\"error_code\":40401,\"message\":\"Subject not found\"}");
    }

    private static boolean compatible(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType()
            == SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE;
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
