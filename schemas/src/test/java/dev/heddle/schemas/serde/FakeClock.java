package dev.heddle.schemas.serde;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A clock that only moves when it is waited on or told to. */
final class FakeClock implements WaitingClock {

    final List<Duration> pauses = new ArrayList<>();
    private long nanos;

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized void pause(Duration duration) {
        pauses.add(duration);
        advance(duration);
    }

    synchronized void advance(Duration duration) {
        nanos += duration.toNanos();
    }
}
