package dev.heddle.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.RejectionCode;
import dev.heddle.gateway.access.Gatekeeper;
import dev.heddle.gateway.room.Rooms;
import dev.heddle.gateway.ws.SocketSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Operations in order: by page, or followed live as server-sent events. */
final class OperationCalls {

    private static final int OK = 200;
    /** As many as one page of the snapshotter holds; who asks for more gets this many and {@code next}. */
    private static final int PAGE_OPERATIONS_MAX = 1_000;

    private final Rooms rooms;
    private final SocketSettings settings;
    private final Gatekeeper gatekeeper;
    private final Set<SseConnection> followers = ConcurrentHashMap.newKeySet();

    OperationCalls(Rooms rooms, SocketSettings settings, Gatekeeper gatekeeper) {
        this.rooms = rooms;
        this.settings = settings;
        this.gatekeeper = gatekeeper;
    }

    CompletionStage<Reply> page(Call call) {
        Long after = call.number("after");
        Long limit = call.number("limit");
        if (limit != null && limit < 1) {
            throw new ApiException(RejectionCode.BAD_REQUEST, "limit: " + limit + " (expected: 1 or more)");
        }
        int wanted = (int) Math.min(PAGE_OPERATIONS_MAX, limit == null ? PAGE_OPERATIONS_MAX : limit);
        return rooms.ports().reader().operations(call.workspace(), after == null ? 0 : after,
            wanted, rooms.readYourWrites(call.workspace()))
            .thenApply(page -> {
                ObjectNode json = JsonNodeFactory.instance.objectNode();
                ArrayNode operations = json.putArray("ops");
                page.operations().forEach(operations::add);
                if (page.next() != null) {
                    json.put("next", page.next());
                }
                return Reply.json(OK, json.put("version", page.version()));
            });
    }

    /** Answers with a stream that ends when the client goes away or is too slow. */
    void follow(Vertx vertx, Call call, HttpServerRequest request) {
        Long lastSeen = Call.number("Last-Event-ID", call.header("Last-Event-ID"));
        Long after = lastSeen != null ? lastSeen : call.number("after");
        if (followers.size() >= settings.socketsMax()) {
            throw new ApiException(RejectionCode.LIMIT_REACHED, "followers of this gateway (expected: at most "
                + settings.socketsMax() + ")");
        }
        SseConnection[] self = new SseConnection[1];
        self[0] = new SseConnection(vertx, request.response(), call.workspace(), after == null ? 0 : after, rooms,
            settings, () -> followers.remove(self[0]));
        followers.add(self[0]);
        self[0].watch(gatekeeper, call.access());
        self[0].start();
    }

    /** {@return how many follow} */
    int followers() {
        return followers.size();
    }

    /** Ends all streams; clients connect again by themselves. */
    void closeAll() {
        followers.forEach(follower -> follower.close(null, 0, "gateway is draining"));
    }
}
