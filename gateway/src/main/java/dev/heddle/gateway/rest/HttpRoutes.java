package dev.heddle.gateway.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.RejectionCode;
import dev.heddle.gateway.access.Origins;
import dev.heddle.schemas.error.EdgeError;
import dev.heddle.schemas.json.ProblemJson;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** All addresses of the gateway: the calls, health, metrics, documents and the page, in the order they are tried. */
public final class HttpRoutes {

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final ApiRoutes api;
    private final Supplier<Map<String, String>> faults;
    private final Supplier<String> metrics;
    private final OriginGuard origins;
    private final ClassPathPages page = new ClassPathPages("web");
    private final DocumentPages documents = new DocumentPages();

    /**
     * The routes.
     *
     * @param api     the calls of the protocol
     * @param faults  what is not ready and why; empty if all is
     * @param metrics the metrics in Prometheus text
     * @param origins which web pages may use the gateway
     */
    public HttpRoutes(ApiRoutes api, Supplier<Map<String, String>> faults, Supplier<String> metrics,
                      Origins origins) {
        this.api = api;
        this.origins = new OriginGuard(origins);
        this.faults = faults;
        this.metrics = metrics;
    }

    /**
     * {@return a router for one event loop}
     *
     * @param vertx has timers and workers
     */
    public Router router(Vertx vertx) {
        Router router = Router.router(vertx);
        router.route().handler(origins::check);
        router.route().handler(this::refuseSteps);
        router.route("/api/*").handler(context -> api.handle(vertx, context.request()));
        router.get("/health/live").handler(context -> json(context, OK,
            JsonNodeFactory.instance.objectNode().put("status", "up")));
        router.get("/health/ready").handler(this::ready);
        router.get("/metrics").handler(context -> vertx.executeBlocking(metrics::get).onComplete(text -> {
            if (text.succeeded()) {
                context.response().putHeader("Content-Type", METRICS_TYPE).end(text.result());
            } else {
                context.fail(text.cause());
            }
        }));
        router.get().handler(this::pages);
        router.head().handler(this::pages);
        router.route().last().handler(context -> problem(context.request(), new ApiException(EdgeError.NOT_FOUND,
            context.request().method() + " " + Call.shown(context.request().path())
                + " (expected: an address of this server; see /docs)")));
        router.route().failureHandler(context -> problem(context.request(), known(context.failure())));
        return router;
    }

    private static ApiException known(Throwable failure) {
        ApiException known = failure == null ? null : ApiException.of(failure);
        return known != null ? known : new ApiException(EdgeError.INTERNAL, "the gateway failed to answer this call");
    }

    /** Looks at the path as it was sent, before anything resolves steps up or down. */
    private void refuseSteps(RoutingContext context) {
        HttpServerRequest request = context.request();
        String path = request.path();
        try {
            if (path == null || !path.startsWith("/")) {
                throw new ApiException(RejectionCode.PATH_INVALID, "path: " + Call.shown(path)
                    + " (expected: to begin with /)");
            }
            List<String> segments = PathSegments.of(path);
            for (String segment : segments) {
                for (String step : segment.split("/", -1)) {
                    if (step.equals("..") || step.equals(".")) {
                        throw new ApiException(RejectionCode.PATH_INVALID, "path: " + Call.shown(path)
                            + " (expected: no segment . or ..)");
                    }
                }
            }
        } catch (ApiException refused) {
            problem(request, refused);
            return;
        }
        context.next();
    }

    private void ready(RoutingContext context) {
        Map<String, String> current = faults.get();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("status", current.isEmpty() ? "ready" : "not ready");
        if (!current.isEmpty()) {
            ObjectNode reasons = json.putObject("reasons");
            current.forEach(reasons::put);
        }
        json(context, current.isEmpty() ? OK : UNAVAILABLE, json);
    }

    private void pages(RoutingContext context) {
        String path = context.request().path();
        boolean answered = path.equals("/docs") || path.startsWith("/docs/")
            ? documents.answer(context.request(), path.substring("/docs".length()))
            : page.answer(context.request(), path.substring(1));
        if (!answered) {
            context.next();
        }
    }

    private static void json(RoutingContext context, int status, ObjectNode json) {
        context.response().setStatusCode(status).putHeader("Content-Type", Reply.JSON)
            .putHeader("Cache-Control", "no-store").end(json.toString());
    }

    static void problem(HttpServerRequest request, ApiException failure) {
        if (!request.response().ended()) {
            request.response().setStatusCode(failure.status()).putHeader("Content-Type", ProblemJson.MEDIA_TYPE)
                .end(failure.problem().toString());
        }
    }
}
