package dev.heddle.gateway.room;

/** The time, as a parameter. */
public interface TimeSource {

    /** {@return nanoseconds of a monotonic clock} */
    long nowNs();

    /** {@return milliseconds since 1970 UTC} */
    long nowMs();
}
