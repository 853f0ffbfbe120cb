package dev.heddle.gateway.ws;

import dev.heddle.engine.RejectionCode;
import dev.heddle.gateway.access.Access;
import dev.heddle.gateway.access.Gatekeeper;
import dev.heddle.gateway.protocol.CloseCode;
import dev.heddle.gateway.protocol.Frame;
import dev.heddle.gateway.protocol.ServerMessages;
import dev.heddle.gateway.room.Rooms;
import dev.heddle.gateway.room.WorkspaceDirectory;
import dev.heddle.schemas.error.EdgeError;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns requests into sockets: checks what must hold before an upgrade, counts sockets, tells them all to go elsewhere
 * when the gateway drains. Shared by all event loops; thread-safe.
 */
public final class SocketEndpoint {

    /** The only subprotocol there is. */
    public static final String SUBPROTOCOL = "heddle.v1";

    private static final Logger log = LoggerFactory.getLogger(SocketEndpoint.class);

    private static final long POLL_NS = 5_000_000;

    private final Rooms rooms;
    private final WorkspaceDirectory directory;
    private final SocketSettings settings;
    private final Gatekeeper gatekeeper;
    private final Set<SocketConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sockets = new AtomicInteger();
    private volatile boolean draining;

    /**
     * An endpoint without sockets.
     *
     * @param rooms      where clients meet
     * @param directory  says which workspaces there are
     * @param settings   what bounds sockets
     * @param gatekeeper says what clients may do
     */
    public SocketEndpoint(Rooms rooms, WorkspaceDirectory directory, SocketSettings settings,
                          Gatekeeper gatekeeper) {
        this.rooms = rooms;
        this.directory = directory;
        this.settings = settings;
        this.gatekeeper = gatekeeper;
    }

    /**
     * {@return why a request cannot become a socket of this protocol, or null if it can}
     *
     * @param request the request
     */
    public String refusal(HttpServerRequest request) {
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            return "this address speaks WebSocket (expected: an upgrade request with Sec-WebSocket-Protocol: "
                + SUBPROTOCOL + ")";
        }
        String offered = request.getHeader("Sec-WebSocket-Protocol");
        List<String> names = offered == null ? List.of()
            : Arrays.stream(offered.split(",")).map(String::trim).toList();
        if (!names.contains(SUBPROTOCOL)) {
            return "Sec-WebSocket-Protocol: " + (offered == null ? "missing" : offered) + " (expected: "
                + SUBPROTOCOL + ")";
        }
        return null;
    }

    /**
     * Upgrades a request and starts the conversation; what forbids it now is said on the socket, as a browser sees
     * nothing of an answer to an upgrade.
     *
     * @param vertx     has timers
     * @param request   a request for which {@link #refusal} is null
     * @param workspace the workspace's name
     * @param access    what the upgrade's own token allows, or null where it has none and hello may bring one
     */
    public void upgrade(Vertx vertx, HttpServerRequest request, String workspace, Access access) {
        Context context = vertx.getOrCreateContext();
        request.toWebSocket().onSuccess(socket -> accept(vertx, context, socket, workspace, access))
            .onFailure(failure -> log.debug("upgrade failed: {}", failure.getMessage()));
    }

    private void accept(Vertx vertx, Context context, ServerWebSocket socket, String workspace, Access access) {
        // Which workspaces there are is not told to strangers: without access it is found out after hello.
        boolean stranger = access == null && gatekeeper.anonymousRefusal() != null;
        if (draining) {
            refuse(socket, EdgeError.SHUTTING_DOWN.name(), "this gateway is shutting down", CloseCode.DRAINING);
        } else if (!stranger && !exists(workspace)) {
            refuse(socket, absence().name(), absent(workspace), CloseCode.of(absence()));
        } else if (sockets.incrementAndGet() > settings.socketsMax()) {
            sockets.decrementAndGet();
            refuse(socket, RejectionCode.LIMIT_REACHED.name(), "sockets of this gateway (expected: at most "
                + settings.socketsMax() + ")", CloseCode.of(RejectionCode.LIMIT_REACHED));
        } else {
            SocketConnection connection =
                new SocketConnection(vertx, context, socket, workspace, this, access);
            connections.add(connection);
            connection.start();
        }
    }

    /** {@return why a workspace is not found: it is not there, or what is there is not all read yet} */
    RejectionCode absence() {
        return directory.complete() ? RejectionCode.UNKNOWN_WORKSPACE : RejectionCode.UNAVAILABLE;
    }

    String absent(String workspace) {
        return "workspace: " + workspace + (directory.complete() ? " (expected: one that was created)"
            : " (not found yet: this gateway still reads which there are)");
    }

    /** {@return whether a workspace was created} */
    boolean exists(String workspace) {
        return directory.find(workspace).isPresent();
    }

    Rooms rooms() {
        return rooms;
    }

    SocketSettings settings() {
        return settings;
    }

    Gatekeeper gatekeeper() {
        return gatekeeper;
    }

    void ended(SocketConnection connection) {
        if (connections.remove(connection)) {
            sockets.decrementAndGet();
        }
    }

    private void refuse(ServerWebSocket socket, String code, String message, int closeCode) {
        Frame lastWord = rooms.ports().encoder().encode(ServerMessages.error(code, message));
        TextFrames.write(socket, lastWord);
        socket.close((short) closeCode, code);
    }

    /** From now on nobody is let in and nothing more is read; what is in flight is still answered. */
    public void drain() {
        draining = true;
        connections.forEach(SocketConnection::stopReading);
    }

    /** Tells every client to connect again elsewhere. */
    public void closeAll() {
        draining = true;
        Frame lastWord = rooms.ports().encoder().encode(ServerMessages.error(EdgeError.SHUTTING_DOWN.name(),
            "this gateway is shutting down; connect again"));
        connections.forEach(connection -> connection.close(lastWord, CloseCode.DRAINING, "gateway is draining"));
    }

    /**
     * Waits until no operation of any socket is unanswered, or the time is up.
     *
     * @param waitMs how long at most, in milliseconds
     */
    public void awaitAnswers(long waitMs) {
        await(waitMs, () -> rooms.unanswered() == 0 && waitingMessages() == 0);
    }

    /**
     * Waits until all sockets are closed, or the time is up.
     *
     * @param waitMs how long at most, in milliseconds
     */
    public void awaitClosed(long waitMs) {
        await(waitMs, () -> connections.isEmpty());
    }

    private void await(long waitMs, BooleanSupplier condition) {
        long endNs = rooms.ports().time().nowNs() + waitMs * 1_000_000;
        while (!condition.getAsBoolean() && rooms.ports().time().nowNs() < endNs) {
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** {@return how many sockets are open} */
    public int sockets() {
        return sockets.get();
    }

    /** {@return how many messages wait to be written, over all sockets} */
    public long waitingMessages() {
        return connections.stream().mapToLong(SocketConnection::waitingMessages).sum();
    }
}
