package dev.heddle.gateway;

import dev.heddle.gateway.rest.HttpRoutes;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;

/** One event loop's share of the server: all instances listen on the same port and take connections in turn. */
final class GatewayVerticle extends VerticleBase {

    private final HttpServerOptions options;
    private final SocketAddress address;
    private final HttpRoutes routes;
    private HttpServer server;

    GatewayVerticle(HttpServerOptions options, SocketAddress address, HttpRoutes routes) {
        this.options = options;
        this.address = address;
        this.routes = routes;
    }

    @Override
    public Future<?> start() {
        Router router = routes.router(vertx);
        server = vertx.createHttpServer(options);
        server.requestHandler(router);
        return server.listen(address);
    }

    /** {@return the port listened on; only once started} */
    int port() {
        return server.actualPort();
    }

    /**
     * Takes another certificate for connections from now on.
     *
     * @param certificate certificate and key
     */
    Future<Boolean> certificate(PemKeyCertOptions certificate) {
        return server.updateSSLOptions(new ServerSSLOptions().setKeyCertOptions(certificate));
    }

    @Override
    public Future<?> stop() {
        return server.close();
    }
}
