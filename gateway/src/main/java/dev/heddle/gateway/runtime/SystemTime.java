package dev.heddle.gateway.runtime;

import dev.heddle.gateway.room.TimeSource;

/** The machine's clocks. */
public final class SystemTime implements TimeSource {

    @Override
    public long nowNs() {
        return System.nanoTime();
    }

    @Override
    public long nowMs() {
        return System.currentTimeMillis();
    }
}
