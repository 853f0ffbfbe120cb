package dev.heddle.testkit.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;

/** The server that is tried: calls by REST, sockets, and names nobody used before. Any thread. */
public final class Server {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int NAME_LETTERS = 10;
    static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(10)).build();
    private final URI address;
    private final String token;
    private final Random random;

    /**
     * A server.
     *
     * @param address where it is, {@code http://host:port}
     * @param token   a bearer token that may write and create any workspace, or null
     * @param random  picks names and ids; asked by any thread
     */
    public Server(URI address, String token, Random random) {
        this.address = address;
        this.token = token;
        this.random = random;
    }

    HttpClient http() {
        return http;
    }

    String token() {
        return token;
    }

    /** {@return a UUID that nobody used} */
    String id() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** {@return a workspace name that nobody used; the workspace is not there yet} */
    String name() {
        StringBuilder name = new StringBuilder("conformance-");
        for (int i = 0; i < NAME_LETTERS; i++) {
            name.append((char) ('a' + random.nextInt(26)));
        }
        return name.toString();
    }

    /** {@return a new workspace's name} */
    String workspace() {
        String name = name();
        HttpResponse<String> answer = json("POST", "/api/workspaces", MAPPER.createObjectNode().put("name", name));
        BrokenRuleException.unlessEqual(201, answer.statusCode(), "status of POST /api/workspaces");
        return name;
    }

    /** {@return a socket of a workspace that said nothing yet} */
    Peer connect(String workspace) {
        URI socket = URI.create(address.toString().replaceFirst("^http", "ws") + "/api/workspaces/" + workspace
            + "/socket");
        return new Peer(this, socket, id());
    }

    /** {@return a socket of a workspace after hello and welcome} */
    Peer join(String workspace) {
        Peer peer = connect(workspace);
        peer.hello(hello -> { });
        return peer;
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path)).timeout(TIMEOUT);
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> put(String path, String text, String... headers) {
        HttpRequest.Builder request = request(path).header("Content-Type", "text/plain; charset=utf-8")
            .PUT(BodyPublishers.ofString(text));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> json(String method, String path, JsonNode body) {
        return send(request(path).header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString())));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new BrokenRuleException(request.build().uri() + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokenRuleException("interrupted");
        }
    }

    /** {@return the body of a GET, which has to answer 200 with JSON} */
    JsonNode read(String path) {
        HttpResponse<String> answer = get(path);
        BrokenRuleException.unlessEqual(200, answer.statusCode(), "status of GET " + path);
        return parsed(answer.body());
    }

    static JsonNode parsed(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new BrokenRuleException("not JSON: " + body);
        }
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Breaks the rule unless an answer is a problem with a code. */
    static void refused(HttpResponse<String> answer, String code, int... statuses) {
        String type = answer.headers().firstValue("Content-Type").orElse("none");
        BrokenRuleException.unless(type.startsWith("application/problem+json"),
            "Content-Type of a refusal: %s (expected: application/problem+json)", type);
        boolean allowed = false;
        for (int status : statuses) {
            allowed |= status == answer.statusCode();
        }
        BrokenRuleException.unless(allowed, "status %d %s", answer.statusCode(), answer.body());
        BrokenRuleException.unlessEqual(code, parsed(answer.body()).path("code").asText(), "code");
    }
}
