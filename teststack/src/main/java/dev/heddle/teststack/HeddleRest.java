package dev.heddle.teststack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A client of the REST interface, written from its description alone. Thread-safe. */
public final class HeddleRest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long DEADLINE_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long PAUSE_MS = 20;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String gateway;

    /**
     * A client.
     *
     * @param gateway host and port, {@code 127.0.0.1:8080}
     */
    public HeddleRest(String gateway) {
        this.gateway = gateway;
    }

    /**
     * {@return the answer to a request}
     *
     * @param method  the method
     * @param path    path and query, from {@code /}, already encoded
     * @param body    the body, or null for none
     * @param headers names and values in turn
     */
    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + gateway + path)).timeout(TIMEOUT)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /**
     * {@return the answer to a request with a JSON body}
     *
     * @param method the method
     * @param path   path and query
     * @param body   the JSON
     */
    public HttpResponse<String> sendJson(String method, String path, String body) {
        return send(method, path, body, "Content-Type", "application/json");
    }

    /**
     * {@return the body of a GET that has to answer 200}
     *
     * @param path path and query
     */
    public JsonNode json(String path) {
        return parse(expect(200, send("GET", path, null)).body());
    }

    /**
     * Creates a workspace, which has to be new.
     *
     * @param workspace its name
     * @return what {@code GET /api/workspaces/{w}} says of it
     */
    public JsonNode createWorkspace(String workspace) {
        expect(201, sendJson("POST", "/api/workspaces", MAPPER.createObjectNode().put("name", workspace).toString()));
        return json("/api/workspaces/" + workspace);
    }

    /**
     * Puts a whole text, creating the file where it is absent.
     *
     * @param workspace the workspace
     * @param path      the file's path, without characters that need encoding
     * @param text      the text
     * @return {@code {file, path, version}}
     */
    public JsonNode put(String workspace, String path, String text) {
        HttpResponse<String> response = send("PUT", "/api/workspaces/" + workspace + "/files/" + path, text,
            "Content-Type", "text/plain; charset=utf-8");
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError("PUT " + path + ": " + response.statusCode() + " " + response.body());
        }
        return parse(response.body());
    }

    /**
     * {@return a file's newest text once it is as of a version or a newer one}
     *
     * @param workspace the workspace
     * @param path      the file's path
     * @param version   the version to wait for
     */
    public String textAt(String workspace, String path, long version) {
        long start = System.nanoTime();
        while (true) {
            HttpResponse<String> response = send("GET", "/api/workspaces/" + workspace + "/files/" + path, null);
            long as = response.headers().firstValueAsLong("Heddle-Version").orElse(-1);
            if (response.statusCode() == 200 && as >= version) {
                return response.body();
            }
            if (System.nanoTime() - start > DEADLINE_NANOS) {
                throw new AssertionError(path + " not at version " + version + " within 60 s: "
                    + response.statusCode() + ", version " + as);
            }
            pause();
        }
    }

    /**
     * {@return the value of a body as JSON}
     *
     * @param body the body
     */
    public static JsonNode parse(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            throw new IllegalStateException("not JSON: " + body, e);
        }
    }

    private static HttpResponse<String> expect(int status, HttpResponse<String> response) {
        if (response.statusCode() != status) {
            throw new AssertionError(response.uri() + ": " + response.statusCode() + " (expected: " + status + ") "
                + response.body());
        }
        return response;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
