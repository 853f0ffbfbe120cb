package dev.heddle.gateway.access;

import io.jsonwebtoken.Header;
import io.jsonwebtoken.Locator;
import io.jsonwebtoken.ProtectedHeader;
import io.jsonwebtoken.UnsupportedJwtException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** The keys tokens may be signed with, from all places that are set, read again as they change. Thread-safe. */
final class TokenKeys implements Locator<Key> {

    private static final int SIZE_BYTES_MAX = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long UNKNOWN_KEY_MS = 10_000;

    private final List<Source<List<TokenKey>>> files = new ArrayList<>();
    private final Source<List<TokenKey>> url;
    private final long urlMs;
    private final LongSupplier nowMs;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private volatile long urlReadAtMs = Long.MIN_VALUE / 2;
    private volatile boolean unknownKey;

    TokenKeys(TokenSettings settings, LongSupplier nowMs) {
        this.nowMs = nowMs;
        this.urlMs = settings.jwksUrlMs();
        file("heddle.gateway.jwt.hs256.key.file", settings.secretFile(), KeyParser::secret);
        file("heddle.gateway.jwt.eddsa.key.file", settings.publicKeys(), KeyParser::pem);
        file("heddle.gateway.jwt.jwks.file", settings.jwksFile(), KeyParser::jwks);
        URI address = settings.jwksUrl();
        this.url = address == null ? null : new Source<>("heddle.gateway.jwt.jwks.url " + address, List.of(),
            () -> fetch(address), KeyParser::jwks);
    }

    private void file(String setting, Path path, Function<byte[], List<TokenKey>> parser) {
        if (path != null) {
            files.add(new Source<>(setting + " " + path, List.of(), () -> Files.readAllBytes(path), parser));
        }
    }

    /**
     * Reads everything for the first time.
     *
     * @throws IllegalArgumentException where a file has no usable key; an address that does not answer is tried again
     */
    void load() {
        for (Source<List<TokenKey>> file : files) {
            String fault = file.refresh();
            if (fault != null) {
                throw new IllegalArgumentException(fault);
            }
        }
        refreshUrl();
    }

    /** Reads again what may have changed; blocks. */
    void refresh() {
        files.forEach(Source::refresh);
        refreshUrl();
    }

    private void refreshUrl() {
        long sinceMs = nowMs.getAsLong() - urlReadAtMs;
        boolean wanted = sinceMs >= urlMs || unknownKey && sinceMs >= UNKNOWN_KEY_MS;
        if (url != null && wanted) {
            unknownKey = false;
            if (url.refresh() == null) {
                urlReadAtMs = nowMs.getAsLong();
            }
        }
    }

    private byte[] fetch(URI address) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = http.send(HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
            HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new IOException("answered " + answer.statusCode() + " (expected: 200)");
            }
            byte[] bytes = body.readNBytes(SIZE_BYTES_MAX + 1);
            if (bytes.length > SIZE_BYTES_MAX) {
                throw new IOException("more than " + SIZE_BYTES_MAX + " bytes");
            }
            return bytes;
        }
    }

    @Override
    public Key locate(Header header) {
        String algorithm = header.getAlgorithm();
        String id = header instanceof ProtectedHeader signed ? signed.getKeyId() : null;
        List<TokenKey> fitting = new ArrayList<>();
        files.forEach(file -> fitting.addAll(file.value()));
        if (url != null) {
            fitting.addAll(url.value());
        }
        fitting.removeIf(key -> !key.algorithm().equals(algorithm));
        List<TokenKey> named = fitting.stream().filter(key -> id != null && id.equals(key.id())).toList();
        List<TokenKey> unnamed = fitting.stream().filter(key -> id == null || key.id() == null).toList();
        List<TokenKey> candidates = named.isEmpty() ? unnamed : named;
        if (candidates.size() == 1) {
            return candidates.get(0).key();
        }
        unknownKey = true;
        throw new UnsupportedJwtException(candidates.isEmpty() ? "no key for alg " + algorithm + ", kid " + id
            : "several keys for alg " + algorithm + " (expected: kid says which)");
    }
}
