package dev.heddle.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.gateway.protocol.FrameEncoder;
import dev.heddle.gateway.room.RoomEvents;
import dev.heddle.gateway.room.RoomPorts;
import dev.heddle.gateway.runtime.RandomIds;
import dev.heddle.gateway.runtime.SystemTime;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The real server on a free port over a {@link FakeBackend}. */
public final class TestGateway implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    public final FakeBackend backend;
    public final FrameEncoder encoder = new FrameEncoder();
    public final GatewayServer server;
    public volatile Map<String, String> faults = Map.of();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final Vertx vertx = Vertx.vertx();

    public static Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("bootstrap.servers", "localhost:1",
            "schema.registry.url", "http://localhost:1", GatewayConfig.SNAPSHOTTER_URLS, "http://localhost:1",
            GatewayConfig.PORT, "0"));
        settings.putAll(more);
        return settings;
    }

    public TestGateway(Map<String, String> more) {
        this(more, new FakeBackend());
    }

    /** Over a log that another gateway has too; whoever makes both attaches them. */
    public TestGateway(Map<String, String> more, FakeBackend backend) {
        this.backend = backend;
        GatewayConfig config = new GatewayConfig(settings(more));
        RoomPorts ports = new RoomPorts(backend, backend, new SystemTime(), encoder, workers, RoomEvents.NONE);
        server = new GatewayServer(vertx, 2, config, ports, backend, new RandomIds());
        backend.attach(server.rooms());
        server.listen(() -> faults, () -> "# metrics\n");
    }

    public String address() {
        return "http://127.0.0.1:" + server.port();
    }

    public TestClient client(String workspace) {
        return TestClient.connect(server.port(), workspace);
    }

    public HttpResponse<String> call(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + path))
            .method(method, body == null ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    /** Sends a request line as it is, which a client library would tidy up; the answer must have a length. */
    public HttpResponse<String> raw(String requestLine) {
        return raw(requestLine, "localhost");
    }

    /** The same with a name it was sent to and more header lines. */
    public HttpResponse<String> raw(String requestLine, String host, String... headerLines) {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            String more = headerLines.length == 0 ? "" : String.join("\r\n", headerLines) + "\r\n";
            String request = requestLine + "\r\nHost: " + host + "\r\n" + more
                + "Content-Length: 0\r\nConnection: close\r\n\r\n";
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new RawResponse(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The status a WebSocket upgrade is answered with; the socket is given up at once. */
    public int upgradeStatus(String workspace, String host, String... headerLines) {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            String request = "GET /api/workspaces/" + workspace + "/socket HTTP/1.1\r\nHost: " + host
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: heddle.v1\r\n"
                + String.join("\r\n", headerLines) + "\r\n\r\n";
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String start = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return Integer.parseInt(start.substring("HTTP/1.1 ".length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static JsonNode json(HttpResponse<String> response) {
        try {
            return MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new IllegalStateException("not JSON: " + response.body(), e);
        }
    }

    public void create(String workspace) {
        call("POST", "/api/workspaces", "{\"name\":\"" + workspace + "\"}");
    }

    @Override
    public void close() {
        server.drain();
        server.close();
        workers.shutdownNow();
        backend.close();
    }
}
