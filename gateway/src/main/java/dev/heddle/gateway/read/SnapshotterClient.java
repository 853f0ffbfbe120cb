package dev.heddle.gateway.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.editing.TreeEntry;
import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.gateway.room.AsOf;
import dev.heddle.gateway.room.FileText;
import dev.heddle.gateway.room.ReadBound;
import dev.heddle.gateway.room.ReadException;
import dev.heddle.gateway.room.WorkspaceReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads workspaces from any of the snapshotter's addresses: an address that cannot be reached is passed over for the
 * next one. Thread-safe; never blocks.
 */
public final class SnapshotterClient implements WorkspaceReader, AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int CONNECT_TIMEOUT_MS = 2_000;
    private static final int CONNECTIONS_MAX = 64;
    private static final int QUEUE_MAX = 10_000;
    private static final int OK = 200;
    /** What is older than kept is rebuilt from the raw log, which takes its time the first time. */
    private static final long HISTORY_MS = 110_000;

    private final WebClient client;
    private final List<String> addresses;
    private final long waitMs;
    private final AtomicInteger preferred = new AtomicInteger();

    /**
     * A client.
     *
     * @param vertx     runs the requests
     * @param addresses base addresses without a slash at the end, one or more
     * @param waitMs    how long an answer may wait for a bound, in milliseconds
     */
    public SnapshotterClient(Vertx vertx, List<String> addresses, long waitMs) {
        this.client = WebClient.create(vertx, new WebClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS)
            .setUserAgent("heddle-gateway").setDecompressionSupported(false),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX).setMaxWaitQueueSize(QUEUE_MAX));
        this.addresses = List.copyOf(addresses);
        this.waitMs = waitMs;
    }

    @Override
    public CompletionStage<Head> head(String workspace, ReadBound bound) {
        return get("/workspaces/" + workspace, AsOf.NEWEST, bound, response -> {
            JsonNode json = json(response);
            return new Head(json.path("version").longValue(), json.path("hash").textValue(),
                json.path("time").longValue(), json.path("oldestVersion").longValue());
        });
    }

    @Override
    public CompletionStage<Tree> files(String workspace, AsOf asOf, ReadBound bound) {
        return get("/workspaces/" + workspace + "/files", asOf, bound, response -> {
            JsonNode json = json(response);
            List<TreeEntry> files = new ArrayList<>();
            json.path("files").forEach(file -> files.add(new TreeEntry(file.path("file").textValue(),
                file.path("path").textValue(), file.path("length").longValue(), file.path("version").longValue())));
            return new Tree(json.path("version").longValue(), files);
        });
    }

    @Override
    public CompletionStage<FileText> file(String workspace, FileReference target, AsOf asOf, ReadBound bound) {
        String path = "/workspaces/" + workspace + (target.file() != null ? "/file-ids/" + encode(target.file())
            : "/files/" + encodePath(target.path()));
        return get(path, asOf, bound, response -> new FileText(
            Long.parseLong(header(response, "Heddle-Version")), header(response, "Heddle-File"),
            URLDecoder.decode(header(response, "Heddle-Path").replace("+", "%2B"), StandardCharsets.UTF_8),
            Long.parseLong(header(response, "Heddle-File-Version")),
            response.body() == null ? "" : response.bodyAsString("UTF-8"), header(response, "Heddle-Hash")));
    }

    @Override
    public CompletionStage<OperationPage> operations(String workspace, long after, int operationsMax,
                                                     ReadBound bound) {
        String path = "/workspaces/" + workspace + "/ops?after=" + after + "&limit=" + operationsMax;
        return get(path, AsOf.NEWEST, bound, response -> {
            JsonNode json = json(response);
            List<ObjectNode> operations = new ArrayList<>();
            for (JsonNode operation : json.path("ops")) {
                operations.add((ObjectNode) operation);
            }
            JsonNode next = json.get("next");
            return new OperationPage(operations, next == null || next.isNull() ? null : next.longValue(),
                json.path("version").longValue());
        });
    }

    @Override
    public CompletionStage<ObjectNode> blame(String workspace, String path, AsOf asOf, ReadBound bound) {
        return get("/workspaces/" + workspace + "/files/" + encodePath(path) + "/blame", asOf, bound,
            response -> (ObjectNode) json(response));
    }

    @Override
    public CompletionStage<Difference> difference(String workspace, String path, Range range, ReadBound bound) {
        String call = "/workspaces/" + workspace + "/files/" + encodePath(path) + "/diff?from=" + range.from()
            + (range.to() == null ? "" : "&to=" + range.to()) + "&format=" + (range.unified() ? "unified" : "json");
        return get(call, AsOf.version(range.to()), bound, response -> {
            String body = response.bodyAsString("UTF-8");
            return new Difference(header(response, "content-type"), body == null ? "" : body);
        });
    }

    private <T> CompletionStage<T> get(String path, AsOf asOf, ReadBound bound,
                                       Function<HttpResponse<Buffer>, T> read) {
        StringBuilder target = new StringBuilder(path);
        parameter(target, "version", asOf.version());
        parameter(target, "at", asOf.at() == null ? null : encode(asOf.at()));
        parameter(target, "minVersion", bound.minVersion());
        parameter(target, "minOffset", bound.minOffset());
        parameter(target, "waitMs", waitMs);
        long deadlineMs = (asOf.isNewest() && !path.contains("/diff?") ? waitMs : waitMs + HISTORY_MS)
            + CONNECT_TIMEOUT_MS;
        return request(target.toString(), deadlineMs, 0).map(response -> {
            if (response.statusCode() != OK) {
                throw refused(response);
            }
            try {
                return read.apply(response);
            } catch (RuntimeException unexpected) {
                throw unexpected instanceof ReadException known ? known : new ReadException(RejectionCode.UNAVAILABLE,
                    "the snapshotter answered something else than expected: " + unexpected.getMessage());
            }
        }).toCompletionStage();
    }

    /** Asks the preferred address, then each of the others once. */
    private Future<HttpResponse<Buffer>> request(String target, long deadlineMs, int attempt) {
        int chosen = Math.floorMod(preferred.get() + attempt, addresses.size());
        return send(addresses.get(chosen) + target, deadlineMs).recover(failure -> {
            if (attempt + 1 < addresses.size() && failure instanceof IOException) {
                return request(target, deadlineMs, attempt + 1);
            }
            return Future.failedFuture(new ReadException(RejectionCode.UNAVAILABLE,
                "the snapshotter cannot be reached: " + failure.getMessage()));
        }).onSuccess(response -> {
            if (attempt > 0) {
                preferred.set(chosen);
            }
        });
    }

    private Future<HttpResponse<Buffer>> send(String address, long deadlineMs) {
        try {
            HttpRequest<Buffer> request = client.getAbs(address).timeout(deadlineMs);
            return request.send();
        } catch (IllegalStateException closed) {
            return Future.failedFuture(closed);
        }
    }

    private static ReadException refused(HttpResponse<Buffer> response) {
        String fallback = "the snapshotter answered " + response.statusCode();
        try {
            JsonNode problem = MAPPER.readTree(response.bodyAsString());
            RejectionCode code = code(problem == null ? null : problem.path("code").textValue());
            String detail = problem == null ? null : problem.path("detail").textValue();
            return new ReadException(code, detail == null ? fallback : detail);
        } catch (JsonProcessingException | RuntimeException unreadable) {
            return new ReadException(RejectionCode.UNAVAILABLE, fallback);
        }
    }

    private static RejectionCode code(String name) {
        return Arrays.stream(RejectionCode.values()).filter(code -> code.name().equals(name)).findFirst()
            .orElse(RejectionCode.UNAVAILABLE);
    }

    private static JsonNode json(HttpResponse<Buffer> response) {
        try {
            return MAPPER.readTree(response.body().getBytes());
        } catch (IOException e) {
            throw new ReadException(RejectionCode.UNAVAILABLE, "the snapshotter answered something that is not JSON");
        }
    }

    private static String header(HttpResponse<Buffer> response, String name) {
        String value = response.getHeader(name);
        if (value == null) {
            throw new ReadException(RejectionCode.UNAVAILABLE, "the snapshotter's answer lacks the header " + name);
        }
        return value;
    }

    private static void parameter(StringBuilder target, String name, Object value) {
        if (value != null) {
            target.append(target.indexOf("?") < 0 ? '?' : '&').append(name).append('=').append(value);
        }
    }

    private static String encodePath(String path) {
        return Arrays.stream(path.split("/", -1)).map(SnapshotterClient::encode).collect(Collectors.joining("/"));
    }

    /** A segment of dots would be taken for a step up or down, so dots are encoded where they stand alone. */
    private static String encode(String segment) {
        if (segment.equals(".") || segment.equals("..")) {
            return segment.replace(".", "%2E");
        }
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        client.close();
    }
}
