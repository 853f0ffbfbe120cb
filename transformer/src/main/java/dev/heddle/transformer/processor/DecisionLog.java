package dev.heddle.transformer.processor;

import dev.heddle.engine.workspace.Decision;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Tells of each decision in the log, where somebody asked for that, with fields that find it again. */
final class DecisionLog {

    /** Follows an operation from its author's socket to everybody's, as W3C Trace Context has it. */
    static final String TRACE_HEADER = "traceparent";

    private static final Logger log = LoggerFactory.getLogger(DecisionLog.class);
    private static final int TRACE_ID_FROM = 3;
    private static final int TRACE_ID_TO = 35;

    private DecisionLog() {
    }

    static void tell(Input input, Decision decision) {
        if (!log.isDebugEnabled()) {
            return;
        }
        LoggingEventBuilder event = log.atDebug().addKeyValue("traceId", traceId(input))
            .addKeyValue("offset", input.offset());
        if (decision instanceof Decision.Accepted accepted) {
            var operation = accepted.operation();
            event.addKeyValue("workspace", operation.workspace()).addKeyValue("session", operation.session())
                .addKeyValue("seq", operation.seq()).addKeyValue("version", operation.version())
                .log("operation ordered");
        } else if (decision instanceof Decision.Rejected rejected) {
            var rejection = rejected.rejection();
            event.addKeyValue("workspace", rejection.workspace()).addKeyValue("session", rejection.session())
                .addKeyValue("seq", rejection.seq()).addKeyValue("version", rejection.version())
                .addKeyValue("code", rejection.code().name()).log("operation refused");
        }
    }

    private static String traceId(Input input) {
        Header header = input.headers().lastHeader(TRACE_HEADER);
        if (header == null || header.value() == null || header.value().length < TRACE_ID_TO) {
            return "";
        }
        return new String(header.value(), TRACE_ID_FROM, TRACE_ID_TO - TRACE_ID_FROM, StandardCharsets.US_ASCII);
    }
}
