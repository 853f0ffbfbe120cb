package dev.heddle.gateway.rest;

import dev.heddle.engine.RejectionCode;
import dev.heddle.gateway.access.Access;
import dev.heddle.gateway.access.Gatekeeper;
import dev.heddle.gateway.room.Rooms;
import dev.heddle.gateway.room.WorkspaceDirectory;
import dev.heddle.gateway.ws.SocketEndpoint;
import dev.heddle.gateway.ws.SocketSettings;
import dev.heddle.schemas.error.EdgeError;
import dev.heddle.schemas.json.ProblemJson;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything below {@code /api}: finds the call a request means from its raw path, runs it, writes its answer.
 *
 * <p>A file whose own last segment is {@code blame}, {@code diff} or {@code rename} is named with an encoded slash
 * before it ({@code files/src%2Fblame}), which keeps it apart from the call of that name. Shared by all event loops.
 */
public final class ApiRoutes {

    private static final Logger log = LoggerFactory.getLogger(ApiRoutes.class);
    private static final String BEARER = "Bearer ";
    private static final int UNAUTHENTICATED = 401;
    private static final int WORKSPACE_AT = 2;
    private static final int RESOURCE_AT = 3;
    private static final int PATH_AT = 4;

    private final WorkspaceCalls workspaces;
    private final FileCalls files;
    private final OperationCalls operations;
    private final HistoryCalls history;
    private final SocketEndpoint sockets;
    private final Gatekeeper gatekeeper;
    private final long bodyBytesMax;

    /**
     * The calls of the protocol.
     *
     * @param directory which workspaces there are
     * @param rooms     where operations come and go
     * @param sockets   takes upgrades
     * @param settings  what bounds followers
     * @param keeper    says what clients may do
     * @param ids       fresh session ids
     * @param textMax   largest text a call may bring, in bytes
     * @param jsonMax   largest JSON body, in bytes
     */
    public ApiRoutes(WorkspaceDirectory directory, Rooms rooms, SocketEndpoint sockets, SocketSettings settings,
                     Gatekeeper keeper, Supplier<String> ids, int textMax, int jsonMax) {
        this.gatekeeper = keeper;
        Writer writer = new Writer(rooms, ids);
        this.workspaces = new WorkspaceCalls(directory, rooms, jsonMax);
        this.files = new FileCalls(rooms, writer, jsonMax);
        this.operations = new OperationCalls(rooms, settings, keeper);
        this.history = new HistoryCalls(rooms, writer, jsonMax);
        this.sockets = sockets;
        this.bodyBytesMax = Math.max(textMax, jsonMax);
    }

    /** Ends all followers. */
    public void closeAll() {
        operations.closeAll();
    }

    /** {@return how many clients follow operations as events} */
    public int followers() {
        return operations.followers();
    }

    /**
     * Answers a request.
     *
     * @param vertx   has timers
     * @param request the request, not read yet
     */
    public void handle(Vertx vertx, HttpServerRequest request) {
        Context context = vertx.getOrCreateContext();
        try {
            List<String> segments = PathSegments.of(request.path());
            if (segments.size() == RESOURCE_AT + 1 && segments.get(RESOURCE_AT).equals("socket")) {
                upgrade(vertx, request, segments.get(WORKSPACE_AT));
                return;
            }
            Access access = gatekeeper.admit(bearer(request));
            String workspace = segments.size() > WORKSPACE_AT ? segments.get(WORKSPACE_AT) : null;
            if (workspace != null) {
                require(access, request.method(), workspace);
            }
            String resource = segments.size() > RESOURCE_AT ? segments.get(RESOURCE_AT) : null;
            if ("ops".equals(resource) && isFollow(request)) {
                workspaces.require(workspace);
                operations.follow(vertx, new Call(request, workspace, null, Buffer.buffer(), access), request);
                return;
            }
            BodyReader.read(request, bodyBytesMax).onComplete(body -> {
                try {
                    if (body.failed()) {
                        throw body.cause() instanceof ApiException api ? api
                            : new ApiException(RejectionCode.BAD_REQUEST, "the body could not be read");
                    }
                    run(request, segments, body.result(), access).whenComplete((reply, failure) ->
                        context.runOnContext(ignored -> answer(request, reply, failure)));
                } catch (RuntimeException refused) {
                    answer(request, null, refused);
                }
            });
        } catch (RuntimeException refused) {
            answer(request, null, refused);
        }
    }

    private static void require(Access access, HttpMethod method, String workspace) {
        if (method == HttpMethod.GET || method == HttpMethod.HEAD) {
            access.requireRead(workspace);
        } else {
            access.requireWrite(workspace);
        }
    }

    /** {@return the token of the {@code Authorization} header, or null where there is no such header} */
    private static String bearer(HttpServerRequest request) {
        String value = request.getHeader("Authorization");
        if (value == null) {
            return null;
        }
        if (!value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new ApiException(EdgeError.UNAUTHENTICATED, "Authorization (expected: Bearer and a token)");
        }
        return value.substring(BEARER.length()).strip();
    }

    private static boolean isFollow(HttpServerRequest request) {
        String accept = request.getHeader("Accept");
        return request.method() == HttpMethod.GET && accept != null && accept.contains("text/event-stream");
    }

    private void upgrade(Vertx vertx, HttpServerRequest request, String workspace) {
        String refusal = sockets.refusal(request);
        if (refusal != null) {
            throw new ApiException(RejectionCode.BAD_REQUEST, refusal);
        }
        String token = bearer(request);
        Access access = token == null ? null : gatekeeper.admit(token);
        if (access != null) {
            access.requireRead(workspace);
        }
        sockets.upgrade(vertx, request, workspace, access);
    }

    private CompletionStage<Reply> run(HttpServerRequest request, List<String> segments, Buffer body,
                                       Access access) {
        if (segments.size() < WORKSPACE_AT || !segments.get(1).equals("workspaces")) {
            throw notFound(request);
        }
        HttpMethod method = request.method();
        if (segments.size() == WORKSPACE_AT) {
            Call call = new Call(request, null, null, body, access);
            return method == HttpMethod.POST ? workspaces.create(call)
                : method == HttpMethod.GET ? workspaces.list(call) : fail(notAllowed(request, "GET, POST"));
        }
        String workspace = segments.get(WORKSPACE_AT);
        workspaces.require(workspace);
        Call call = new Call(request, workspace, null, body, access);
        if (segments.size() == RESOURCE_AT) {
            return only(HttpMethod.GET, request, call, workspaces::show);
        }
        if (segments.get(RESOURCE_AT).equals("files") && segments.size() > PATH_AT) {
            return file(request, call, segments.subList(PATH_AT, segments.size()));
        }
        if (segments.size() > PATH_AT) {
            throw notFound(request);
        }
        switch (segments.get(RESOURCE_AT)) {
            case "files":
                return only(HttpMethod.GET, request, call, files::tree);
            case "ops":
                return only(HttpMethod.GET, request, call, operations::page);
            case "head":
                return only(HttpMethod.GET, request, call, history::head);
            case "revert":
                return only(HttpMethod.POST, request, call, history::revert);
            case "undo":
                return only(HttpMethod.POST, request, call, history::undo);
            default:
                throw notFound(request);
        }
    }

    private CompletionStage<Reply> file(HttpServerRequest request, Call call, List<String> segments) {
        String last = segments.get(segments.size() - 1);
        String verb = request.method().name();
        Call whole = call.of(String.join("/", segments));
        Call shorter = segments.size() == 1 ? whole
            : call.of(String.join("/", segments.subList(0, segments.size() - 1)));
        boolean suffixed = segments.size() > 1;
        switch (verb) {
            case "GET":
                return !suffixed ? files.read(whole) : last.equals("blame") ? files.blame(shorter)
                    : last.equals("diff") ? files.diff(shorter) : files.read(whole);
            case "PUT":
                return files.put(whole);
            case "PATCH":
                return files.patch(whole);
            case "DELETE":
                return files.delete(whole);
            case "POST":
                if (suffixed && last.equals("rename")) {
                    return files.rename(shorter);
                }
                throw notFound(request);
            default:
                throw notAllowed(request, "GET, PUT, PATCH, DELETE");
        }
    }

    private static CompletionStage<Reply> only(HttpMethod method, HttpServerRequest request, Call call,
                                               Function<Call, CompletionStage<Reply>> run) {
        if (request.method() != method) {
            throw notAllowed(request, method.name());
        }
        return run.apply(call);
    }

    private static CompletionStage<Reply> fail(ApiException failure) {
        throw failure;
    }

    private static ApiException notFound(HttpServerRequest request) {
        return new ApiException(EdgeError.NOT_FOUND, request.method() + " " + Call.shown(request.path())
            + " (expected: a call of the protocol; see /docs)");
    }

    private static ApiException notAllowed(HttpServerRequest request, String allowed) {
        return new ApiException(EdgeError.METHOD_NOT_ALLOWED, "method: " + request.method() + " (expected: " + allowed
            + ")");
    }

    private static void answer(HttpServerRequest request, Reply reply, Throwable failure) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (failure != null) {
            problem(request, response, failure);
            return;
        }
        response.setStatusCode(reply.status());
        reply.headers().forEach(response::putHeader);
        if (reply.contentType() != null) {
            response.putHeader("Content-Type", reply.contentType());
        }
        response.end(reply.body());
    }

    private static void problem(HttpServerRequest request, HttpServerResponse response, Throwable failure) {
        ApiException known = ApiException.of(failure);
        if (known == null) {
            log.error("{} {} failed", request.method(), request.path(), failure);
            known = new ApiException(EdgeError.INTERNAL, "the gateway failed to answer this call");
        }
        response.setStatusCode(known.status()).putHeader("Content-Type", ProblemJson.MEDIA_TYPE)
            .putHeader("Cache-Control", "no-store");
        if (known.status() == UNAUTHENTICATED) {
            response.putHeader("WWW-Authenticate", "Bearer realm=\"heddle\"");
        }
        response.end(known.problem().toString());
    }
}
