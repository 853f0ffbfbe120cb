package dev.heddle.gateway.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Files of the class path as they are, with an entity tag and a policy: a page loads nothing from elsewhere. */
public final class ClassPathPages {

    /** What a page may do: its own scripts and connections; styles of the editor are made at run time. */
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; "
        + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final Map<String, String> TYPES = Map.ofEntries(
        Map.entry("html", "text/html; charset=utf-8"), Map.entry("js", "text/javascript; charset=utf-8"),
        Map.entry("css", "text/css; charset=utf-8"), Map.entry("svg", "image/svg+xml"),
        Map.entry("png", "image/png"), Map.entry("ico", "image/x-icon"), Map.entry("json", "application/json"),
        Map.entry("map", "application/json"), Map.entry("woff2", "font/woff2"),
        Map.entry("webmanifest", "application/manifest+json"), Map.entry("txt", "text/plain; charset=utf-8"),
        Map.entry("yaml", "application/yaml; charset=utf-8"));

    private record Page(Buffer body, String etag, String type) {
    }

    private final String root;
    private final Map<String, Page> pages = new ConcurrentHashMap<>();

    /**
     * Pages below one folder of the class path.
     *
     * @param root the folder, without slashes around
     */
    public ClassPathPages(String root) {
        this.root = root;
    }

    /**
     * Answers a request if there is such a file.
     *
     * @param request the request
     * @param path    the file's path below the folder; empty for its index
     * @return whether it was answered
     */
    public boolean answer(HttpServerRequest request, String path) {
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD || path.contains("..")) {
            return false;
        }
        Optional<Page> found = find(path.isEmpty() ? "index.html" : path);
        if (found.isEmpty()) {
            return false;
        }
        Page page = found.get();
        HttpServerResponse response = secure(request.response());
        response.putHeader("ETag", page.etag()).putHeader("Cache-Control", caching(path));
        if (page.etag().equals(request.getHeader("If-None-Match"))) {
            response.setStatusCode(NOT_MODIFIED).end();
        } else if (request.method() == HttpMethod.HEAD) {
            response.setStatusCode(OK).putHeader("Content-Type", page.type())
                .putHeader("Content-Length", Integer.toString(page.body().length())).end();
        } else {
            response.setStatusCode(OK).putHeader("Content-Type", page.type()).end(page.body());
        }
        return true;
    }

    /**
     * {@return the same response with the headers that keep a page to itself}
     *
     * @param response the response
     */
    public static HttpServerResponse secure(HttpServerResponse response) {
        return response.putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
            .putHeader("X-Content-Type-Options", "nosniff").putHeader("Referrer-Policy", "no-referrer")
            .putHeader("Cross-Origin-Opener-Policy", "same-origin");
    }

    private Optional<Page> find(String path) {
        Page known = pages.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        URL resource = ClassPathPages.class.getClassLoader().getResource(root + "/" + path);
        if (resource == null || path.endsWith("/") || path.lastIndexOf('.') <= path.lastIndexOf('/')) {
            return Optional.empty();
        }
        try (InputStream in = resource.openStream()) {
            byte[] bytes = in.readAllBytes();
            Page page = new Page(Buffer.buffer(bytes), '"' + sha256(bytes) + '"', type(path));
            pages.put(path, page);
            return Optional.of(page);
        } catch (IOException e) {
            throw new UncheckedIOException("page " + path + " cannot be read", e);
        }
    }

    /** What lies under assets is named by its content and never changes; everything else is asked for again. */
    private static String caching(String path) {
        return path.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache";
    }

    private static String type(String path) {
        String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(extension, "application/octet-stream");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
