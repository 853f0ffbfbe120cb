package dev.heddle.schemas.serde;

import java.time.Duration;

/** Time as the registry client needs it, so that a test can bring its own. */
public interface WaitingClock {

    /** {@return a monotonic time in nanoseconds, of no known origin} */
    long nanoTime();

    /**
     * Lets the calling thread wait.
     *
     * @param duration how long
     * @throws InterruptedException where the thread is interrupted meanwhile
     */
    void pause(Duration duration) throws InterruptedException;
}
