package dev.heddle.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.history.BlameRun;
import dev.heddle.cli.history.LoggedOperation;
import dev.heddle.editing.TreeEntry;
import dev.heddle.editing.UndoSelection;
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
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The gateway's REST interface. Redirects are not followed and nothing is retried: every failure is told. */
public final class GatewayClient implements WorkspaceReader, WorkspaceWriter {

    /** How long to wait for a connection. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** How long to wait for an answer. */
    public static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    /** Operations asked for at a time. */
    private static final int PAGE = 1_000;
    private static final int HTTP_CREATED = 201;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEXT = "text/plain; charset=utf-8";

    private final URI server;
    private final String author;
    private final String token;
    private final HttpClient http;

    /**
     * A client; nothing is sent yet.
     *
     * @param server the gateway's address, such as {@code http://localhost:8080}
     * @param author the writer's name sent with every change, or null
     * @param token  says who this is, where the gateway asks for it, or null
     */
    public GatewayClient(URI server, String author, String token) {
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

    @Override
    public String name() {
        return server.toString();
    }

    @Override
    public List<WorkspaceSummary> workspaces() {
        return GatewayReplies.workspaces(json(get("/api/workspaces")));
    }

    @Override
    public WorkspaceSummary workspace(String workspace) {
        return GatewayReplies.workspace(json(get(base(workspace))));
    }

    @Override
    public long head(String workspace) {
        return workspace(workspace).version();
    }

    @Override
    public Created create(String workspace, String place) {
        ObjectNode body = JSON.createObjectNode().put("name", workspace);
        if (place != null) {
            body.put("place", place);
        }
        HttpResponse<byte[]> answer = send("POST", "/api/workspaces", "application/json", body.toString(), null);
        return new Created(GatewayReplies.workspace(json(answer)), answer.statusCode() == HTTP_CREATED);
    }

    @Override
    public List<TreeEntry> tree(String workspace, OptionalLong version) {
        return GatewayReplies.tree(json(get(base(workspace) + "/files" + query(version))));
    }

    @Override
    public FileContent file(String workspace, String path, OptionalLong version) {
        HttpResponse<byte[]> answer = get(filePath(workspace, path) + query(version));
        return new FileContent(answer.headers().firstValue("Heddle-File").orElse(""), path,
            answer.headers().firstValueAsLong("Heddle-Version").orElse(version.orElse(0)),
            new String(answer.body(), StandardCharsets.UTF_8));
    }

    @Override
    public void operations(String workspace, long after, Predicate<LoggedOperation> receiver) {
        long seen = after;
        boolean wanted = true;
        while (wanted) {
            List<LoggedOperation> page = page(workspace, seen, PAGE);
            for (LoggedOperation operation : page) {
                wanted = wanted && receiver.test(operation);
                seen = operation.version();
            }
            wanted = wanted && !page.isEmpty();
        }
    }

    @Override
    public long versionAt(String workspace, Instant time) {
        // The server knows it for times older than the operations it keeps, too.
        String at = URLEncoder.encode(time.toString(), StandardCharsets.UTF_8);
        return get(base(workspace) + "/files?at=" + at).headers().firstValueAsLong("Heddle-Version").orElseThrow(() ->
            new CliException(ExitCode.UNAVAILABLE, "UNKNOWN_VERSION", server + " did not say which version of "
                + workspace + " was the newest at " + time, null));
    }

    @Override
    public KeptHead head(String workspace, OptionalLong version) {
        return KeptHead.of(json(get(base(workspace) + "/head" + query(version))));
    }


    private List<LoggedOperation> page(String workspace, long after, int limit) {
        return GatewayReplies.operations(json(get(base(workspace) + "/ops?after=" + after + "&limit=" + limit)));
    }

    @Override
    public List<BlameRun> blame(String workspace, String path, OptionalLong version) {
        return GatewayReplies.blame(json(get(filePath(workspace, path) + "/blame" + query(version))));
    }

    @Override
    public JsonNode put(String workspace, String path, String text, String ifMatch) {
        return json(send("PUT", filePath(workspace, path), TEXT, text, ifMatch));
    }

    @Override
    public LoggedOperation patch(String workspace, String path, ObjectNode operation) {
        return GatewayReplies.operation(json(send("PATCH", filePath(workspace, path), "application/json",
            operation.toString(), null)));
    }

    @Override
    public JsonNode rename(String workspace, String path, String to) {
        ObjectNode body = JSON.createObjectNode().put("to", to);
        return json(send("POST", filePath(workspace, path) + "/rename", "application/json", body.toString(), null));
    }

    @Override
    public JsonNode delete(String workspace, String path) {
        return json(send("DELETE", filePath(workspace, path), null, null, null));
    }

    @Override
    public JsonNode revert(String workspace, long to, String path) {
        ObjectNode body = JSON.createObjectNode().put("to", to);
        if (path != null) {
            body.put("path", path);
        }
        return json(send("POST", base(workspace) + "/revert", "application/json", body.toString(), null));
    }

    @Override
    public JsonNode undo(String workspace, UndoSelection selection, boolean dryRun) {
        ObjectNode body = JSON.createObjectNode().put("dryRun", dryRun).put("author", selection.author())
            .put("session", selection.session()).put("from", selection.from()).put("to", selection.to());
        body.properties().removeIf(field -> field.getValue().isNull());
        return json(send("POST", base(workspace) + "/undo", "application/json", body.toString(), null));
    }

    /**
     * Follows the live operations; returns when the receiver says so or the server ends the stream.
     *
     * @param workspace the workspace's name
     * @param after     only operations with a larger version
     * @param receiver  takes each operation; false ends the stream
     */
    public void follow(String workspace, long after, Predicate<LoggedOperation> receiver) {
        HttpRequest request = request(base(workspace) + "/ops?after=" + after).header("Accept", "text/event-stream")
            .GET().build();
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() >= 400) {
                    throw problem(answer.statusCode(), body.readAllBytes(), workspace);
                }
                EventStream.read(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)),
                    data -> receiver.test(GatewayReplies.operation(parse(data))));
            }
        } catch (IOException error) {
            throw away(error);
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> get(String path) {
        return send("GET", path, null, null, null);
    }

    private HttpResponse<byte[]> send(String method, String path, String type, String body, String ifMatch) {
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

    private static JsonNode json(HttpResponse<byte[]> answer) {
        return answer.body().length == 0 ? JSON.createObjectNode()
            : parse(new String(answer.body(), StandardCharsets.UTF_8));
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException error) {
            throw new CliException(ExitCode.UNAVAILABLE, "BAD_ANSWER", "the server answered something that is not "
                + "JSON: " + error.getOriginalMessage(), "is the address that of a Heddle gateway?");
        }
    }

    private static String query(OptionalLong version) {
        return version.isPresent() ? "?version=" + version.getAsLong() : "";
    }

    private static String base(String workspace) {
        return "/api/workspaces/" + encode(workspace);
    }

    private static String filePath(String workspace, String path) {
        return base(workspace) + "/files/" + Arrays.stream(path.split("/", -1)).map(GatewayClient::encode)
            .collect(Collectors.joining("/"));
    }

    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        // The JDK's client of Java 17 has nothing to close; its threads are daemons.
    }
}
