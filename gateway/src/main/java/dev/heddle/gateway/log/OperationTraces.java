package dev.heddle.gateway.log;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Submission;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows an operation from its author's socket to everybody's: a W3C {@code traceparent} goes with it through raw and
 * canonical record headers. It continues the author's trace, or begins one. Through OpenTelemetry's API alone: with an
 * agent or SDK in the process there are spans too, without one there is still the id. Thread-safe.
 */
final class OperationTraces {

    /** The header of records, requests and messages. */
    static final String HEADER = "traceparent";

    private static final Logger log = LoggerFactory.getLogger(OperationTraces.class);
    private static final String SCOPE = "dev.heddle.gateway";
    private static final AttributeKey<String> WORKSPACE = AttributeKey.stringKey("heddle.workspace");
    private static final AttributeKey<String> SESSION = AttributeKey.stringKey("heddle.session");
    private static final AttributeKey<Long> SEQ = AttributeKey.longKey("heddle.seq");
    private static final AttributeKey<Long> VERSION = AttributeKey.longKey("heddle.version");
    private static final TextMapGetter<String> ONE_HEADER = new TextMapGetter<>() {
        @Override
        public String get(String carrier, String key) {
            return HEADER.equals(key) ? carrier : null;
        }
    };

    private final Supplier<String> ids;

    /**
     * Traces.
     *
     * @param ids fresh UUIDs, for traces that begin here
     */
    OperationTraces(Supplier<String> ids) {
        this.ids = ids;
    }

    /**
     * {@return the {@code traceparent} an operation goes on with}
     *
     * @param workspace  its workspace
     * @param submission the operation
     * @param given      what its author sent, or null
     */
    String submitted(String workspace, Submission submission, String given) {
        Context parent = context(given);
        Span span = tracer().spanBuilder("heddle submit").setParent(parent).setSpanKind(SpanKind.PRODUCER)
            .setAttribute(WORKSPACE, workspace).setAttribute(SESSION, submission.session())
            .setAttribute(SEQ, submission.seq()).startSpan();
        Context own = span.getSpanContext().isValid() ? parent.with(span) : begun(parent);
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(own, headers, Map::put);
        span.end();
        log.atDebug().addKeyValue("workspace", workspace).addKeyValue("session", submission.session())
            .addKeyValue("seq", submission.seq()).addKeyValue("base", submission.base())
            .addKeyValue("traceId", Span.fromContext(own).getSpanContext().getTraceId()).log("operation submitted");
        return headers.get(HEADER);
    }

    /**
     * {@return the {@code traceparent} that came with a canonical record, or null where none did}
     *
     * @param operation the record
     * @param header    its header, or null
     */
    String committed(CanonicalOperation operation, Header header) {
        String given = header == null || header.value() == null ? null
            : new String(header.value(), StandardCharsets.US_ASCII);
        Context context = context(given);
        SpanContext sender = Span.fromContext(context).getSpanContext();
        if (sender.isValid()) {
            tracer().spanBuilder("heddle deliver").setParent(context).setSpanKind(SpanKind.CONSUMER)
                .setAttribute(WORKSPACE, operation.workspace()).setAttribute(SESSION, operation.session())
                .setAttribute(SEQ, operation.seq()).setAttribute(VERSION, operation.version()).startSpan().end();
        }
        log.atDebug().addKeyValue("workspace", operation.workspace()).addKeyValue("session", operation.session())
            .addKeyValue("seq", operation.seq()).addKeyValue("version", operation.version())
            .addKeyValue("traceId", sender.isValid() ? sender.getTraceId() : "").log("operation committed");
        return sender.isValid() ? given : null;
    }

    private static Tracer tracer() {
        return GlobalOpenTelemetry.getTracer(SCOPE);
    }

    private static Context context(String given) {
        return given == null ? Context.root()
            : W3CTraceContextPropagator.getInstance().extract(Context.root(), given, ONE_HEADER);
    }

    private Context begun(Context parent) {
        UUID trace = UUID.fromString(ids.get());
        UUID span = UUID.fromString(ids.get());
        return parent.with(Span.wrap(SpanContext.create(
            TraceId.fromLongs(trace.getMostSignificantBits(), trace.getLeastSignificantBits()),
            SpanId.fromLong(span.getLeastSignificantBits()), TraceFlags.getDefault(), TraceState.getDefault())));
    }
}
