package dev.heddle.services.runtime;

import dev.heddle.schemas.serde.RegistryUnavailableException;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waiting at the start for brokers and registry that are not up yet, within one bound. One thread. */
public final class Patience {

    private static final Logger log = LoggerFactory.getLogger(Patience.class);
    private static final long FIRST_MS = 200;
    private static final long LONGEST_MS = 5_000;

    private final long untilNs;

    /**
     * A bound that begins now.
     *
     * @param limit how long all attempts together may take
     */
    public Patience(Duration limit) {
        this.untilNs = Clocks.nanoTime() + limit.toNanos();
    }

    /**
     * {@return what an attempt gave, which is repeated while brokers or registry do not answer}
     *
     * @param what    what is attempted, for the log
     * @param attempt the attempt
     * @param <T>     what it gives
     * @throws RuntimeException the last failure, when the time is up or the failure is of a kind that does not pass
     */
    public <T> T attempt(String what, Supplier<T> attempt) {
        long waitMs = FIRST_MS;
        while (true) {
            try {
                return attempt.get();
            } catch (RuntimeException failure) {
                if (!passing(failure) || Clocks.nanoTime() + Duration.ofMillis(waitMs).toNanos() - untilNs > 0) {
                    throw failure;
                }
                log.warn("{} failed, trying again in {} ms: {}", what, waitMs, failure.getMessage());
            }
            pause(waitMs);
            waitMs = Math.min(2 * waitMs, LONGEST_MS);
        }
    }

    private static boolean passing(RuntimeException failure) {
        return failure instanceof RetriableException || failure.getCause() instanceof RetriableException
            || failure instanceof RegistryUnavailableException;
    }

    static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }
}
