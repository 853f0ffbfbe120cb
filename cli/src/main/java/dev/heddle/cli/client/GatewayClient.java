package dev.heddle.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.history.BlameRun;
import dev.heddle.cli.history.LoggedOperation;
import dev.heddle.editing.TreeEntry;
import dev.heddle.editing.UndoSelection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The gateway's REST interface. Redirects are not followed and nothing is retried: every failure is told. */
public final class GatewayClient implements WorkspaceReader, WorkspaceWriter {

    /** Operations asked for at a time. */
    private static final int PAGE = 1_000;
    private static final int HTTP_CREATED = 201;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE_JSON = "application/json";
    private static final String TYPE_TEXT = "text/plain; charset=utf-8";

    private final GatewayHttp http;

    /**
     * A client; nothing is sent yet.
     *
     * @param server the gateway's address, such as {@code http://localhost:8080}
     * @param author the writer's name sent with every change, or null
     * @param token  says who this is, where the gateway asks for it, or null
     */
    public GatewayClient(URI server, String author, String token) {
        http = new GatewayHttp(server, author, token);
    }

    @Override
    public String name() {
        return http.server().toString();
    }

    @Override
    public List<WorkspaceSummary> workspaces() {
        return GatewayReplies.workspaces(read("/api/workspaces"));
    }

    @Override
    public WorkspaceSummary workspace(String workspace) {
        return GatewayReplies.workspace(read(base(workspace)));
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
        HttpResponse<byte[]> answer = http.send("POST", "/api/workspaces", TYPE_JSON, body.toString(), null);
        return new Created(GatewayReplies.workspace(GatewayHttp.json(answer)), answer.statusCode() == HTTP_CREATED);
    }

    @Override
    public List<TreeEntry> tree(String workspace, OptionalLong version) {
        return GatewayReplies.tree(read(base(workspace) + "/files" + query(version)));
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
            new CliException(ExitCode.UNAVAILABLE, "UNKNOWN_VERSION", name() + " did not say which version of "
                + workspace + " was the newest at " + time, null));
    }

    @Override
    public KeptHead head(String workspace, OptionalLong version) {
        return KeptHead.of(read(base(workspace) + "/head" + query(version)));
    }

    private List<LoggedOperation> page(String workspace, long after, int limit) {
        return GatewayReplies.operations(read(base(workspace) + "/ops?after=" + after + "&limit=" + limit));
    }

    @Override
    public List<BlameRun> blame(String workspace, String path, OptionalLong version) {
        return GatewayReplies.blame(read(filePath(workspace, path) + "/blame" + query(version)));
    }

    @Override
    public JsonNode put(String workspace, String path, String text, String ifMatch) {
        return GatewayHttp.json(http.send("PUT", filePath(workspace, path), TYPE_TEXT, text, ifMatch));
    }

    @Override
    public LoggedOperation patch(String workspace, String path, ObjectNode operation) {
        return GatewayReplies.operation(send("PATCH", filePath(workspace, path), operation));
    }

    @Override
    public JsonNode rename(String workspace, String path, String to) {
        ObjectNode body = JSON.createObjectNode().put("to", to);
        return send("POST", filePath(workspace, path) + "/rename", body);
    }

    @Override
    public JsonNode delete(String workspace, String path) {
        return GatewayHttp.json(http.send("DELETE", filePath(workspace, path), null, null, null));
    }

    @Override
    public JsonNode revert(String workspace, long to, String path) {
        ObjectNode body = JSON.createObjectNode().put("to", to);
        if (path != null) {
            body.put("path", path);
        }
        return send("POST", base(workspace) + "/revert", body);
    }

    @Override
    public JsonNode undo(String workspace, UndoSelection selection, boolean dryRun) {
        ObjectNode body = JSON.createObjectNode().put("dryRun", dryRun).put("author", selection.author())
            .put("session", selection.session()).put("from", selection.from()).put("to", selection.to());
        body.properties().removeIf(field -> field.getValue().isNull());
        return send("POST", base(workspace) + "/undo", body);
    }

    /**
     * Follows the live operations; returns when the receiver says so or the server ends the stream.
     *
     * @param workspace the workspace's name
     * @param after     only operations with a larger version
     * @param receiver  takes each operation; false ends the stream
     */
    public void follow(String workspace, long after, Predicate<LoggedOperation> receiver) {
        http.follow(base(workspace) + "/ops?after=" + after, data ->
            receiver.test(GatewayReplies.operation(GatewayHttp.parse(data))));
    }

    private HttpResponse<byte[]> get(String path) {
        return http.send("GET", path, null, null, null);
    }

    private JsonNode read(String path) {
        return GatewayHttp.json(get(path));
    }

    private JsonNode send(String method, String path, ObjectNode body) {
        return GatewayHttp.json(http.send(method, path, TYPE_JSON, body.toString(), null));
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
