package dev.heddle.gateway.rest;

import dev.heddle.gateway.access.Origins;
import dev.heddle.schemas.error.EdgeError;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.Set;

/**
 * Stands before every address: a request from a web page of a foreign origin goes no further, upgrades and reads
 * included; one from an origin that is allowed besides the gateway's own is answered so that its page may read it.
 */
final class OriginGuard {

    private static final int PREFLIGHT_SECONDS = 600;

    private final Origins origins;
    private final CorsHandler cors = CorsHandler.create().addOriginWithRegex(".+")
        .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH,
            HttpMethod.DELETE))
        .allowedHeaders(Set.of("authorization", "content-type", "if-match", "if-none-match", "heddle-author",
            "heddle-session", "heddle-seq", "last-event-id", "traceparent"))
        .exposedHeaders(Set.of("ETag", "Heddle-Version", "Heddle-File", "Heddle-File-Version", "Heddle-Path",
            "Location"))
        .maxAgeSeconds(PREFLIGHT_SECONDS);

    OriginGuard(Origins origins) {
        this.origins = origins;
    }

    /** Refuses, answers a preflight, or lets the request on. */
    void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        String origin = request.getHeader("Origin");
        String refusal = origins.refusal(origin, request.authority() == null ? null : request.authority().toString());
        if (refusal != null) {
            HttpRoutes.problem(request, new ApiException(EdgeError.ORIGIN_NOT_ALLOWED, refusal));
        } else if (origins.listed(origin)) {
            // Which origins there are was decided above; the handler only writes the headers.
            cors.handle(context);
        } else {
            context.next();
        }
    }
}
