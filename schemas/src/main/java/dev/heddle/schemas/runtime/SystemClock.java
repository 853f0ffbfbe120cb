package dev.heddle.schemas.runtime;

import dev.heddle.schemas.serde.WaitingClock;
import java.time.Duration;

/** The machine's own monotonic clock. Stateless; any thread. */
public final class SystemClock implements WaitingClock {

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
    }
}
