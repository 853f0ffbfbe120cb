package dev.heddle.gateway;

import dev.heddle.engine.RejectionCode;
import dev.heddle.gateway.rest.ApiRoutes;
import dev.heddle.gateway.room.LiveOperation;
import dev.heddle.gateway.room.RoomEvents;
import dev.heddle.gateway.room.Rooms;
import dev.heddle.gateway.room.TimeSource;
import dev.heddle.gateway.ws.SocketEndpoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the gateway measures, in one registry; names end in their unit as Prometheus wants it. */
final class GatewayMetrics implements RoomEvents, AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Timer feedLatency;
    private final Timer deliveryLatency;
    private final Counter submitted;
    private final Counter committed;
    private final Map<RejectionCode, Counter> rejected = new EnumMap<>(RejectionCode.class);
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
        this.deliveryLatency = Timer.builder("heddle.gateway.delivery.latency")
            .description("From the append of an operation to the raw log until it was handed to a socket")
            .publishPercentileHistogram().minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(10)).register(registry);
        this.submitted = counter("heddle.gateway.operations.submitted", "Operations handed to the log by this gateway")
            .register(registry);
        this.committed = counter("heddle.gateway.operations.committed",
            "Operations that workspaces in memory here advanced by").register(registry);
        for (RejectionCode code : RejectionCode.values()) {
            rejected.put(code, counter("heddle.gateway.operations.rejected",
                "Refusals passed to authors connected here, by code").tag("code", code.name()).register(registry));
        }
    }

    private Counter.Builder counter(String name, String help) {
        return Counter.builder(name).description(help);
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    @Override
    public void submitted(String workspace) {
        submitted.increment();
    }

    @Override
    public void advanced(String workspace, LiveOperation operation) {
        committed.increment();
        if (!workspace.startsWith(Readiness.PROBE_PREFIX)) {
            feedLatency.record(Duration.ofMillis(Math.max(0, time.nowMs() - operation.timeMs())));
        }
    }

    @Override
    public void delivered(String workspace, long appendedAtMs) {
        deliveryLatency.record(Duration.ofMillis(Math.max(0, time.nowMs() - appendedAtMs)));
    }

    @Override
    public void rejected(String workspace, RejectionCode code) {
        rejected.get(code).increment();
    }

    void follow(Rooms rooms, SocketEndpoint sockets, ApiRoutes api, Readiness readiness) {
        gauge("heddle.gateway.sockets", "WebSockets that are open", sockets, SocketEndpoint::sockets);
        gauge("heddle.gateway.operations.in.flight", "Operations of sockets that are not answered yet", rooms,
            Rooms::unanswered);
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
