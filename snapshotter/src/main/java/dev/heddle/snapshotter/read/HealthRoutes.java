package dev.heddle.snapshotter.read;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Liveness, readiness and metrics. */
final class HealthRoutes {

    private final BooleanSupplier live;
    private final BooleanSupplier ready;
    private final Supplier<String> metrics;
    private final Vertx vertx;

    HealthRoutes(Vertx vertx, BooleanSupplier live, BooleanSupplier ready, Supplier<String> metrics) {
        this.vertx = vertx;
        this.live = live;
        this.ready = ready;
        this.metrics = metrics;
    }

    void install(Router router) {
        router.get("/health/live").handler(context -> answer(context, live.getAsBoolean()));
        router.get("/health/ready").handler(context -> answer(context, ready.getAsBoolean()));
        router.get("/metrics").handler(context ->
            vertx.executeBlocking(metrics::get, false).onComplete(
                text -> context.response().putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                    .end(text),
                failure -> Problems.answer(context.response(), ReadException.unavailable("metrics failed"))));
    }

    private static void answer(RoutingContext context, boolean good) {
        context.response().setStatusCode(good ? 200 : 503).putHeader("content-type", "application/json")
            .end("{\"status\":\"" + (good ? "UP" : "DOWN") + "\"}");
    }
}
