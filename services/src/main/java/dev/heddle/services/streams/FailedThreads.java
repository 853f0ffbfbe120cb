package dev.heddle.services.streams;

import dev.heddle.services.runtime.FailurePauses;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a Streams thread that failed: it is replaced after a pause, and its records are read again. Nothing a
 * record holds gets here; what does is a matter of brokers, registry or disk, and may pass. Thread-safe.
 */
public final class FailedThreads implements StreamsUncaughtExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(FailedThreads.class);

    private final String service;
    private final Runnable pause;
    private final Counter replaced;
    private volatile Runnable afterwards = () -> { };

    /**
     * None has failed yet.
     *
     * @param meters  where {@code heddle.<service>.threads.replaced} is registered
     * @param service what the service is called, such as {@code transformer}
     */
    public FailedThreads(MeterRegistry meters, String service) {
        this(meters, service, new FailurePauses()::afterFailure);
    }

    FailedThreads(MeterRegistry meters, String service, Runnable pause) {
        this.service = service;
        this.pause = pause;
        this.replaced = Counter.builder("heddle." + service + ".threads.replaced")
            .description("Threads that failed and were replaced").register(meters);
    }

    /**
     * Has something done for each thread that failed, just before it is replaced.
     *
     * @param task is quick and does not throw
     */
    public void afterwards(Runnable task) {
        afterwards = task;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        if (outOfResources(failure)) {
            log.error("the {} stops: the Java machine is out of resources", service, failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        log.error("a {} thread failed and is replaced; its records are read again", service, failure);
        replaced.increment();
        pause.run();
        afterwards.run();
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static boolean outOfResources(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof VirtualMachineError) {
                return true;
            }
        }
        return false;
    }

    /** {@return how many threads failed and were replaced since the start} */
    public long replaced() {
        return (long) replaced.count();
    }
}
