package dev.heddle.gateway;

import dev.heddle.gateway.access.Gatekeeper;
import dev.heddle.gateway.rest.ApiRoutes;
import dev.heddle.gateway.rest.HttpRoutes;
import dev.heddle.gateway.room.RoomPorts;
import dev.heddle.gateway.room.Rooms;
import dev.heddle.gateway.room.WorkspaceDirectory;
import dev.heddle.gateway.ws.SocketEndpoint;
import dev.heddle.gateway.ws.SocketSettings;
import dev.heddle.gateway.ws.VertxLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of the gateway that faces clients: rooms on event loops, sockets, calls, the open port. It knows the log and
 * the reader only as ports, so that it runs against others in tests.
 */
final class GatewayServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GatewayServer.class);
    /** All event loops of this server share one free port under this id. */
    private static final int RANDOM_PORT_ID = 1;
    private static final long TOKEN_CHECK_MS = 1_000;
    private static final long IDLE_CHECK_MS = 10_000;
    private static final long STOP_MS = 10_000;
    private static final int CLOSING_SECONDS = 2;

    private final Vertx vertx;
    private final GatewayConfig config;
    private final int eventLoops;
    private final Rooms rooms;
    private final SocketEndpoint sockets;
    private final ApiRoutes api;
    private final Gatekeeper gatekeeper;
    private final List<GatewayVerticle> verticles = new ArrayList<>();
    private int port;

    /**
     * A server that does not listen yet.
     *
     * @param vertx      has the event loops
     * @param eventLoops how many of them to use
     * @param config     the settings
     * @param ports      the log, the reader, the time
     * @param directory  which workspaces there are
     * @param ids        fresh session ids
     */
    GatewayServer(Vertx vertx, int eventLoops, GatewayConfig config, RoomPorts ports, WorkspaceDirectory directory,
                  Supplier<String> ids) {
        this.vertx = vertx;
        this.config = config;
        this.eventLoops = eventLoops;
        this.rooms = new Rooms(loops(), ports, config.roomLimits());
        SocketSettings settings = config.socketSettings();
        this.gatekeeper = config.access().gatekeeper(ports.time()::nowMs);
        this.sockets = new SocketEndpoint(rooms, directory, settings, gatekeeper);
        this.api = new ApiRoutes(directory, rooms, sockets, settings, gatekeeper, ids,
            config.getInt(GatewayConfig.TEXT_BYTES), config.getInt(GatewayConfig.MESSAGE_BYTES));
    }

    private List<VertxLoop> loops() {
        List<VertxLoop> loops = new ArrayList<>();
        for (int i = 0; i < eventLoops; i++) {
            loops.add(new VertxLoop(vertx, ((VertxInternal) vertx).createEventLoopContext()));
        }
        return loops;
    }

    Rooms rooms() {
        return rooms;
    }

    SocketEndpoint sockets() {
        return sockets;
    }

    ApiRoutes api() {
        return api;
    }

    /** {@return the port it listens on; 0 before {@link #listen}} */
    int port() {
        return port;
    }

    /**
     * Opens the port; returns when it is open.
     *
     * @param faults  what is not ready and why
     * @param metrics the metrics in Prometheus text
     */
    void listen(Supplier<Map<String, String>> faults, Supplier<String> metrics) {
        watchTokens();
        HttpRoutes routes = new HttpRoutes(api, faults, metrics, config.access().origins());
        int wanted = config.getInt(GatewayConfig.PORT);
        // The transport takes twice the limit, so that a message somewhat too large gets an answer that says so.
        int transportBytesMax = 2 * config.getInt(GatewayConfig.MESSAGE_BYTES);
        String host = config.getString(GatewayConfig.HOST);
        SocketAddress address = wanted == 0 ? SocketAddress.sharedRandomPort(RANDOM_PORT_ID, host)
            : SocketAddress.inetSocketAddress(wanted, host);
        HttpServerOptions options = new HttpServerOptions().setTcpNoDelay(true)
            .addWebSocketSubProtocol(SocketEndpoint.SUBPROTOCOL).setMaxWebSocketFrameSize(transportBytesMax)
            .setMaxWebSocketMessageSize(transportBytesMax).setWebSocketClosingTimeout(CLOSING_SECONDS)
            .setPerMessageWebSocketCompressionSupported(false).setPerFrameWebSocketCompressionSupported(false);
        TlsFiles tls = TlsFiles.of(config);
        if (tls != null) {
            options.setSsl(true).setUseAlpn(false).setKeyCertOptions(certificate(tls));
        }
        for (int i = 0; i < eventLoops; i++) {
            GatewayVerticle verticle = new GatewayVerticle(options, address, routes);
            deploy(verticle, tls);
            verticles.add(verticle);
            port = verticle.port();
        }
        if (tls != null) {
            vertx.setPeriodic(config.getLong(AccessConfig.REFRESH_MS), tick -> refresh(tls));
        }
        long idleMs = config.getLong(GatewayConfig.ROOM_IDLE_MS);
        vertx.setPeriodic(Math.min(idleMs, IDLE_CHECK_MS), tick -> rooms.closeIdle(idleMs));
    }

    private static PemKeyCertOptions certificate(TlsFiles tls) {
        try {
            return tls.changed();
        } catch (IOException e) {
            throw new IllegalStateException(tls + " cannot be read: " + e, e);
        }
    }

    private void deploy(GatewayVerticle verticle, TlsFiles tls) {
        try {
            await(vertx.deployVerticle(verticle));
        } catch (IllegalStateException failed) {
            throw tls == null || failed.getCause() instanceof BindException ? failed
                : new IllegalStateException(tls + " cannot be used: " + failed.getMessage(), failed);
        }
    }

    /** What is wrong with new files is told, and the old ones stay in force. */
    private void refresh(TlsFiles tls) {
        vertx.executeBlocking(tls::changed).onSuccess(changed -> {
            if (changed != null) {
                verticles.forEach(verticle -> verticle.certificate(changed)
                    .onSuccess(taken -> log.info("{} were read again", tls))
                    .onFailure(bad -> log.warn("{} cannot be used, the old ones stay: {}", tls, bad.getMessage())));
            }
        }).onFailure(unreadable -> log.warn("{} cannot be read, the old ones stay: {}", tls, unreadable.toString()));
    }

    private void watchTokens() {
        gatekeeper.load();
        if (gatekeeper.anonymousRefusal() != null && !config.access().tokens().withKeys()) {
            log.warn("nobody is let in: clients without a token are refused, as {}; set heddle.gateway.jwt.* to take "
                + "tokens, or heddle.gateway.anonymous=always to let everybody write", gatekeeper.anonymousRefusal());
        } else if (gatekeeper.anonymousRefusal() != null) {
            log.info("clients without a token are refused, as {}", gatekeeper.anonymousRefusal());
        }
        vertx.setPeriodic(TOKEN_CHECK_MS, tick -> gatekeeper.check());
        vertx.setPeriodic(config.getLong(AccessConfig.REFRESH_MS), tick -> vertx.executeBlocking(() -> {
            gatekeeper.refresh();
            return null;
        }));
    }

    private static void await(Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(STOP_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting or stopping the gateway", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer within " + STOP_MS + " ms", e);
        }
    }

    /** Takes no new sockets, lets what is in flight be answered, tells clients to connect again; bounded in time. */
    void drain() {
        long drainMs = config.getLong(GatewayConfig.DRAIN_MS);
        sockets.drain();
        sockets.awaitAnswers(drainMs);
        sockets.closeAll();
        api.closeAll();
        sockets.awaitClosed(drainMs);
        rooms.closeAll();
    }

    /** Ends everything of Vert.x; to be drained before. */
    @Override
    public void close() {
        try {
            await(vertx.close());
        } catch (IllegalStateException slow) {
            log.warn("the server did not stop in time: {}", slow.getMessage());
        }
    }
}
