package dev.heddle.bench.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls of the gateway. */
final class Rest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int UNAVAILABLE = 503;
    private static final int TIMES_MAX = 200;
    private static final long PAUSE_MS = 50;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    Rest(String base) {
        this.base = base;
    }

    /** The body of an answer; anything but 200 or 201 is an error. */
    String get(String path) {
        return call(HttpRequest.newBuilder(URI.create(base + path)));
    }

    JsonNode json(String path) {
        try {
            return MAPPER.readTree(get(path));
        } catch (IOException e) {
            throw new IllegalStateException(path, e);
        }
    }

    void createWorkspace(String name) {
        call(HttpRequest.newBuilder(URI.create(base + "/api/workspaces"))
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"" + name + "\"}")));
    }

    long version(String workspace) {
        return json("/api/workspaces/" + workspace).path("version").asLong();
    }

    /** A server that is not yet available is asked again; the wait counts, as it does for everybody. */
    private String call(HttpRequest.Builder request) {
        HttpRequest made = request.timeout(Duration.ofMinutes(3)).build();
        try {
            HttpResponse<String> response = http.send(made, HttpResponse.BodyHandlers.ofString());
            for (int time = 0; response.statusCode() == UNAVAILABLE && time < TIMES_MAX; time++) {
                Thread.sleep(PAUSE_MS);
                response = http.send(made, HttpResponse.BodyHandlers.ofString());
            }
            if (response.statusCode() != OK && response.statusCode() != CREATED) {
                throw new IllegalStateException(response.uri() + " answered " + response.statusCode() + ": "
                    + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new IllegalStateException(base, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
