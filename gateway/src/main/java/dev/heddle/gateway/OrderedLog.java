package dev.heddle.gateway;

import dev.heddle.engine.workspace.Submission;
import dev.heddle.gateway.protocol.PresenceState;
import dev.heddle.gateway.room.OperationLog;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A log that refuses operations nobody would order at the moment, instead of letting their authors wait for an answer
 * that may not come for long. Probes, by which it is found out when somebody does again, go through. Thread-safe.
 */
final class OrderedLog implements OperationLog {

    private final OperationLog log;
    private final Function<String, Optional<String>> fault;

    /**
     * A log over another.
     *
     * @param log   takes what is not refused
     * @param fault tells for a workspace why nobody orders its operations; empty where somebody does
     */
    OrderedLog(OperationLog log, Function<String, Optional<String>> fault) {
        this.log = log;
        this.fault = fault;
    }

    @Override
    public CompletionStage<Void> append(String workspace, Submission submission, String traceparent) {
        if (!workspace.startsWith(Readiness.PROBE_PREFIX)) {
            Optional<String> why = fault.apply(workspace);
            if (why.isPresent()) {
                return CompletableFuture.failedFuture(new IllegalStateException(why.get()));
            }
        }
        return log.append(workspace, submission, traceparent);
    }

    @Override
    public void publish(String workspace, PresenceState state) {
        log.publish(workspace, state);
    }

    @Override
    public long feedOffset(String workspace) {
        return log.feedOffset(workspace);
    }
}
