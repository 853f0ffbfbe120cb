package dev.heddle.services.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

class FailedThreadsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger pauses = new AtomicInteger();
    private final FailedThreads threads = new FailedThreads(meters, "transformer", pauses::incrementAndGet);

    @Test
    void shouldReplaceAThreadAfterAPauseWhenItFailed() {
        AtomicInteger told = new AtomicInteger();
        threads.afterwards(told::incrementAndGet);
        assertThat(threads.handle(new StreamsException("disk full")))
            .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        assertThat(pauses).hasValue(1);
        assertThat(told).hasValue(1);
        assertThat(threads.replaced()).isEqualTo(1);
        assertThat(meters.get("heddle.transformer.threads.replaced").counter().count()).isEqualTo(1);
    }

    @Test
    void shouldStopWhenTheMachineIsOutOfResources() {
        assertThat(threads.handle(new StreamsException(new OutOfMemoryError("heap"))))
            .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        assertThat(threads.replaced()).isZero();
    }
}
