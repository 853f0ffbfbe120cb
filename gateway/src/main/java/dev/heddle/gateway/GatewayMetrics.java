package dev.heddle.gateway;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.gateway.room.Rooms;
import dev.heddle.gateway.room.TimeSource;
import dev.heddle.gateway.rest.ApiRoutes;
import dev.heddle.gateway.ws.SocketEndpoint;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/** What the gateway measures, in one registry; names end in their unit as Prometheus wants it. */
final class GatewayMetrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Timer feedLatency;
    private final TimeSource time;

    GatewayMetrics(TimeSource time) {
        this.time = time;
        new JvmMemoryMetrics().bindTo(registry);
        collections.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        this.feedLatency = Timer.builder("heddle.gateway.operation.latency")
            .description("From the append of an operation to the raw log until this gateway has its canonical form")
            .publishPercentileHistogram().minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(10)).register(registry);
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    /** Notes how long an operation took from the raw log to here. */
    void onCanonical(CanonicalOperation operation) {
        long latencyMs = time.nowMs() - operation.timeMs();
        feedLatency.record(Duration.ofMillis(Math.max(0, latencyMs)));
    }

    void follow(Rooms rooms, SocketEndpoint sockets, ApiRoutes api, Readiness readiness) {
        gauge("heddle.gateway.sockets", "WebSockets that are open", sockets, SocketEndpoint::sockets);
        gauge("heddle.gateway.followers", "Clients that follow operations as server-sent events", api,
            ApiRoutes::followers);
        gauge("heddle.gateway.workspaces", "Workspaces in memory", rooms, Rooms::size);
        gauge("heddle.gateway.queue.messages", "Messages waiting for clients, over all sockets", sockets,
            SocketEndpoint::waitingMessages);
        gauge("heddle.gateway.frames", "Messages encoded since the start", rooms,
            all -> all.ports().encoder().encodings());
        gauge("heddle.gateway.ready", "1 if operations get through on every shard, else 0", readiness,
            state -> state.faults().isEmpty() ? 1 : 0);
    }

    private <T> void gauge(String name, String help, T subject, ToDoubleFunction<T> value) {
        Gauge.builder(name, subject, value).description(help).register(registry);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
