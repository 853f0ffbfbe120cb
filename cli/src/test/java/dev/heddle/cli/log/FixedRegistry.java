package dev.heddle.cli.log;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.Schema;

/** A schema registry that knows some schemas by id and takes no more. */
final class FixedRegistry implements AutoCloseable {

    private static final String PATH = "/schemas/ids/";

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final Map<Integer, Schema> schemas;

    FixedRegistry(Map<Integer, Schema> schemas) throws IOException {
        this.schemas = schemas;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Schema schema = path.startsWith(PATH) && path.length() < PATH.length() + 10
            ? schemas.get((int) Long.parseLong(path.substring(PATH.length()))) : null;
        byte[] body = (schema == null ? json.createObjectNode().put("error_code", 40403).put("message", "unknown")
            : json.createObjectNode().put("schema", schema.toString())).toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(schema == null ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
