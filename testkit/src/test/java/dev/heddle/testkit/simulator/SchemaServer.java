package dev.heddle.testkit.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.serde.SchemaRegistration;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The contract's serdes over a registry in this process, asked once for each schema and never again. The registry is
 * no part of what is simulated; that it may be away is tried in the modules' own tests.
 */
public final class SchemaServer {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A class of its own: the server's thread must not wait for the class that waits for its answer. */
    private static final class Holder {
        private static final HeddleSerdes SERDES = start();
    }

    private final List<String> schemas = new ArrayList<>();

    private SchemaServer() {
    }

    /** {@return the serdes; the same for the whole process, thread-safe} */
    public static HeddleSerdes serdes() {
        return Holder.SERDES;
    }

    private static HeddleSerdes start() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        SchemaServer answers = new SchemaServer();
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", answers::answer);
            server.start();
            SchemaRegistryClient client = SchemaRegistryClient.create(Map.of("schema.registry.url",
                "http://127.0.0.1:" + server.getAddress().getPort(), "max.retries", "1",
                "heddle.registry.unknown.cache.ms", "600000"));
            SchemaRegistration.registerAll(client).values().forEach(client::schema);
            return HeddleSerdes.of(client);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        JsonNode body = MAPPER.readTree(exchange.getRequestBody());
        if (path.startsWith("/subjects/")) {
            String schema = body.path("schema").asText();
            if (!schemas.contains(schema)) {
                schemas.add(schema);
            }
            send(exchange, 200, MAPPER.createObjectNode().put("id", schemas.indexOf(schema) + 1));
        } else if (path.startsWith("/schemas/ids/")) {
            int id = Integer.parseUnsignedInt(path.substring("/schemas/ids/".length()));
            boolean known = id >= 1 && id <= schemas.size();
            send(exchange, known ? 200 : 404, known ? MAPPER.createObjectNode().put("schema", schemas.get(id - 1))
                : MAPPER.createObjectNode().put("error_code", 40_403).put("message", "no schema " + id));
        } else {
            send(exchange, 200, MAPPER.createObjectNode().put("compatibilityLevel", "FULL_TRANSITIVE"));
        }
    }

    private static void send(HttpExchange exchange, int status, JsonNode json) throws IOException {
        byte[] bytes = MAPPER.writeValueAsBytes(json);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
