package dev.heddle.schemas.serde;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request to a registry, whichever of its addresses answers: bounded rounds, bounded waits, bounded bodies, and
 * every outcome one of the package's errors. Any thread.
 */
final class RegistryHttp {

    private static final Logger log = LoggerFactory.getLogger(RegistryHttp.class);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;
    private static final Set<Integer> NOT_FOUND_CODES = Set.of(40401, 40402, 40403, 40408, 40409);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SHOWN_CHARS = 500;

    private final ObjectMapper json = new ObjectMapper(JsonFactory.builder().streamReadConstraints(
        StreamReadConstraints.builder().maxNestingDepth(200).maxStringLength(MAX_BODY_BYTES).build()).build());
    private final HttpClient client;
    private final List<String> urls;
    private final String authorization;
    private final Duration readTimeout;
    private final int retries;
    private final long firstWaitMs;
    private final long maxWaitMs;
    private final WaitingClock clock;

    /** The address that answered last, tried first next time. */
    private volatile int preferred;

    RegistryHttp(AvroSerdeConfig config, WaitingClock clock) {
        this.urls = config.getList(AvroSerdeConfig.SCHEMA_REGISTRY_URL).stream().map(RegistryHttp::checked).toList();
        Password user = config.getPassword(AvroSerdeConfig.BASIC_AUTH_USER_INFO);
        this.authorization = user == null ? null
            : "Basic " + Base64.getEncoder().encodeToString(user.value().getBytes(StandardCharsets.UTF_8));
        this.readTimeout = Duration.ofMillis(config.getInt(AvroSerdeConfig.HTTP_READ_TIMEOUT_MS));
        this.retries = config.getInt(AvroSerdeConfig.MAX_RETRIES);
        this.firstWaitMs = config.getInt(AvroSerdeConfig.RETRIES_WAIT_MS);
        this.maxWaitMs = config.getInt(AvroSerdeConfig.RETRIES_MAX_WAIT_MS);
        this.clock = clock;
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofMillis(config.getInt(AvroSerdeConfig.HTTP_CONNECT_TIMEOUT_MS)));
        Map<String, Object> ssl = config.ssl();
        if (!ssl.isEmpty()) {
            DefaultSslEngineFactory factory = new DefaultSslEngineFactory();
            factory.configure(ssl);
            builder.sslContext(factory.sslContext());
        }
        this.client = builder.build();
    }

    private static String checked(String url) {
        String trimmed = url.trim().replaceAll("/+$", "");
        try {
            URI uri = URI.create(trimmed);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return trimmed;
            }
        } catch (IllegalArgumentException notAnAddress) {
            throw wrongUrl(url);
        }
        throw wrongUrl(url);
    }

    private static ConfigException wrongUrl(String url) {
        return new ConfigException(AvroSerdeConfig.SCHEMA_REGISTRY_URL, url, "expected: http://host:port/path, or https");
    }

    /** {@return the JSON reader of answers} */
    ObjectMapper json() {
        return json;
    }

    /**
     * {@return the answer of the registry, from whichever address gives one}
     *
     * @param method HTTP method
     * @param path   path below the registry's address, from a slash on, percent-encoded
     * @param body   the request's body, or null for none
     * @throws AvroSerdeException where there is none, or it is an error
     */
    JsonNode call(String method, String path, JsonNode body) {
        List<String> failures = new ArrayList<>();
        long waitMs = firstWaitMs;
        for (int round = 0; ; round++) {
            failures.clear();
            boolean worthAnotherRound = false;
            int first = preferred;
            for (int i = 0; i < urls.size(); i++) {
                int index = (first + i) % urls.size();
                Outcome outcome = attempt(method, urls.get(index) + path, body);
                if (outcome.answer() != null) {
                    preferred = index;
                    return outcome.answer();
                }
                worthAnotherRound |= outcome.transientFailure();
                failures.add(outcome.failure());
            }
            if (!worthAnotherRound || round >= retries) {
                throw new RegistryUnavailableException("schema registry did not answer " + method + " " + path
                    + " after " + (round + 1) + " rounds: " + String.join("; ", failures), null);
            }
            log.warn("Schema registry did not answer {} {}, next try in {} ms: {}", method, path, waitMs,
                String.join("; ", failures));
            pause(waitMs);
            waitMs = Math.min(maxWaitMs, Math.max(1, waitMs) * 2);
        }
    }

    /** What came of one request: an answer, or a failure that may pass or will not. */
    private record Outcome(JsonNode answer, String failure, boolean transientFailure) {
    }

    private Outcome attempt(String method, String url, JsonNode body) {
        HttpResponse<byte[]> response;
        try {
            response = send(request(method, url, body));
        } catch (IOException unreachable) {
            return new Outcome(null, url + ": " + describe(unreachable), true);
        }
        int status = response.statusCode();
        JsonNode answer;
        try {
            answer = json.readTree(response.body());
        } catch (IOException notJson) {
            answer = json.missingNode();
        }
        if (status / 100 == 2 && (answer.isObject() || answer.isArray())) {
            return new Outcome(answer, null, false);
        }
        int code = answer.path("error_code").asInt(0);
        String said = url + ": HTTP " + status + " " + shortened(answer.path("message").asText(
            new String(response.body(), StandardCharsets.UTF_8)));
        if (status == 404 && NOT_FOUND_CODES.contains(code)) {
            throw new SchemaNotFoundException("schema registry: " + said + " (error_code " + code + ")", null);
        }
        if (status == 409 || status == 422 || status == 400 && code != 0) {
            throw new SchemaRefusedException("schema registry: " + said, null);
        }
        // A 404 without the registry's own code is a wrong address: nothing is known about the record.
        return new Outcome(null, said, status >= 500 || status == TOO_MANY_REQUESTS);
    }

    private HttpRequest request(String method, String url, JsonNode body) throws IOException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url)).timeout(readTimeout)
            .header("Accept", CONTENT_TYPE + ", application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(
                json.writeValueAsBytes(body)));
        if (body != null) {
            builder.header("Content-Type", CONTENT_TYPE);
        }
        if (authorization != null) {
            builder.header("Authorization", authorization);
        }
        return builder.build();
    }

    /** The client's own timeout ends with the headers, so the whole answer is waited for here. */
    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer =
            client.sendAsync(request, headers -> new LimitedBody(MAX_BODY_BYTES));
        try {
            return answer.get(readTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException io ? io : new IOException(failed.getCause());
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new IOException("no whole answer within " + readTimeout.toMillis() + " ms", late);
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            throw interrupted(interrupted);
        }
    }

    private void pause(long waitMs) {
        try {
            clock.pause(Duration.ofMillis(waitMs));
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private static RegistryUnavailableException interrupted(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new RegistryUnavailableException("interrupted while waiting for the schema registry", interrupted);
    }

    private static String describe(IOException error) {
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "…";
    }
}
