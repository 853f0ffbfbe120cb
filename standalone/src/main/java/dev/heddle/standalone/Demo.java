package dev.heddle.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** The workspace that {@code --demo} opens: a handful of real files, written once, through the public interface. */
final class Demo {

    static final String WORKSPACE = "demo";
    static final List<String> FILES =
        List.of("README.md", "TODO.md", "docs/weaving.md", "src/patterns.json", "src/weft.py");

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int CREATED = 201;

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final String gateway;

    /**
     * A demo workspace on a running gateway.
     *
     * @param gateway its address without a trailing slash
     */
    Demo(String gateway) {
        this.gateway = gateway;
    }

    /**
     * Creates the workspace and its files; does nothing where the workspace exists, as it may have been edited since.
     *
     * @throws Complaint when the gateway refuses
     */
    void open() throws InterruptedException {
        int status = send("POST", "/api/workspaces", "application/json",
            "{\"name\":\"" + WORKSPACE + "\"}");
        if (status != CREATED) {
            return;
        }
        for (String file : FILES) {
            send("PUT", "/api/workspaces/" + WORKSPACE + "/files/" + file, "text/plain; charset=utf-8",
                content(file));
        }
    }

    private int send(String method, String path, String type, String body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway + path)).timeout(TIMEOUT)
            .header("Content-Type", type).method(method, BodyPublishers.ofString(body)).build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new Complaint("demo: " + method + " " + path + " answered " + response.statusCode() + ": "
                    + response.body());
            }
            return response.statusCode();
        } catch (IOException e) {
            throw new Complaint("demo: " + method + " " + path + ": " + e, e);
        }
    }

    private static String content(String file) {
        try (InputStream in = Demo.class.getResourceAsStream("/demo/" + file)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("demo file " + file, e);
        }
    }
}
