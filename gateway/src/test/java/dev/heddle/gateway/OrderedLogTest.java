package dev.heddle.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.Submission;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrderedLogTest {

    private static final Submission NOOP = new Submission("44444444-4444-4444-8444-444444444444", 1, 0, null, null,
        new Operation.Noop(), 0, 0);

    @Test
    void shouldRefuseOnlyWhatNobodyOrdersAndLetProbesThrough() {
        try (FakeBackend backend = new FakeBackend()) {
            backend.attach(new FakeBackend.Sink() {
                @Override
                public void onCanonical(dev.heddle.engine.workspace.CanonicalOperation operation) {
                    // Nobody follows.
                }

                @Override
                public void onRejected(dev.heddle.engine.workspace.RejectedOperation rejection) {
                    // Nobody follows.
                }
            });
            OrderedLog log = new OrderedLog(backend, workspace ->
                workspace.startsWith("stuck") || workspace.startsWith("heddle-probe-")
                    ? Optional.of("shard 02: no answer") : Optional.empty());
            assertThat(log.append("stuck", NOOP, null)).isCompletedExceptionally();
            log.append("well", NOOP, null).toCompletableFuture().join();
            log.append("heddle-probe-0", NOOP, null).toCompletableFuture().join();
            assertThat(backend.version("stuck")).isZero();
            assertThat(backend.version("well")).isEqualTo(1);
            assertThat(backend.version("heddle-probe-0")).isEqualTo(1);
        }
    }
}
