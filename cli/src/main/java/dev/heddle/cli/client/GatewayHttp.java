package dev.heddle.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Requests to one gateway, as somebody; each failure is a {@link CliException} that says what to do. Any thread. */
final class GatewayHttp {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI server;
    private final String author;
    private final String token;
    private final HttpClient http;

    GatewayHttp(URI server, String author, String token) {
        if (server.getHost() == null || !List.of("http", "https").contains(server.getScheme())) {
            throw CliException.usage("server " + server + " is not an http or https address (for example: "
                + "http://localhost:8080)");
        }
        this.server = server;
        this.author = author;
        this.token = token;
        this.http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).version(HttpClient.Version.HTTP_1_1)
            .build();
    }

    URI server() {
        return server;
    }

    /** The answer to a request that was granted; the type, the body and the entity tag may be null. */
    HttpResponse<byte[]> send(String method, String path, String type, String body, String ifMatch) {
        BodyPublisher publisher = body == null ? BodyPublishers.noBody()
            : BodyPublishers.ofString(body, StandardCharsets.UTF_8);
        HttpRequest.Builder request = request(path).timeout(ANSWER_TIMEOUT).method(method, publisher);
        if (type != null) {
            request.header("Content-Type", type);
        }
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        if (author != null && !"GET".equals(method)) {
            request.header("Heddle-Author", URLEncoder.encode(author, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        try {
            HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() >= 300) {
                throw problem(answer.statusCode(), answer.body(), path);
            }
            return answer;
        } catch (IOException error) {
            throw away(error);
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
            throw away(error);
        }
    }

    /** Passes the events of a stream on until the receiver says false or the server ends it. */
    void follow(String path, Predicate<String> receiver) {
        HttpRequest request = request(path).header("Accept", "text/event-stream").GET().build();
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() >= 400) {
                    throw problem(answer.statusCode(), body.readAllBytes(), path);
                }
                EventStream.read(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)), receiver);
            }
        } catch (IOException error) {
            throw away(error);
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest.Builder request(String path) {
        String root = server.toString().replaceAll("/+$", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private CliException away(Exception error) {
        // The JDK's client says nothing where nothing listens.
        boolean refused = error instanceof ConnectException && error.getMessage() == null;
        String reason = refused ? "connection refused" : error.getMessage() == null
            ? error.getClass().getSimpleName() : error.getMessage();
        CliException told = new CliException(ExitCode.UNAVAILABLE, "UNAVAILABLE", "no gateway answers at " + server
            + " (" + reason + ")", "start one with ./heddle dev, or name another with --server or HEDDLE_SERVER");
        told.initCause(error);
        return told;
    }

    private CliException problem(int status, byte[] body, String subject) {
        JsonNode problem;
        try {
            problem = JSON.readTree(body);
        } catch (IOException ignored) {
            problem = null;
        }
        if (problem == null || !problem.hasNonNull("code")) {
            ExitCode exit = status >= 500 ? ExitCode.UNAVAILABLE : ExitCode.REFUSED;
            return new CliException(exit, "HTTP_" + status, server + " answered " + status + " to " + subject
                + " without saying why", "is " + server + " a Heddle gateway?");
        }
        return GatewayProblems.told(status, problem);
    }

    static JsonNode json(HttpResponse<byte[]> answer) {
        return answer.body().length == 0 ? JSON.createObjectNode()
            : parse(new String(answer.body(), StandardCharsets.UTF_8));
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException error) {
            throw new CliException(ExitCode.UNAVAILABLE, "BAD_ANSWER", "the server answered something that is not "
                + "JSON: " + error.getOriginalMessage(), "is the address that of a Heddle gateway?");
        }
    }
}
