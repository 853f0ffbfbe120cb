package dev.heddle.gateway.session;

/**
 * How fast one session may submit: a steady rate with room for a burst. One thread at a time; time is a parameter in
 * nanoseconds of any monotonic clock.
 */
public final class TokenBucket {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double ratePerSecond;
    private final double burst;
    private double tokens;
    private long atNs;

    /**
     * A full bucket.
     *
     * @param ratePerSecond tokens added per second, above 0
     * @param burst         tokens it holds at most, 1 or more
     * @param nowNs         the time now, in nanoseconds
     */
    public TokenBucket(long ratePerSecond, long burst, long nowNs) {
        this.ratePerSecond = ratePerSecond;
        this.burst = Math.max(1, burst);
        this.tokens = this.burst;
        this.atNs = nowNs;
    }

    /**
     * Takes one token if there is one.
     *
     * @param nowNs the time now, in nanoseconds
     * @return 0 if a token was taken, else how long to wait for one, in milliseconds, 1 or more
     */
    public long take(long nowNs) {
        tokens = Math.min(burst, tokens + Math.max(0, nowNs - atNs) / NANOS_PER_SECOND * ratePerSecond);
        atNs = nowNs;
        if (tokens >= 1) {
            tokens -= 1;
            return 0;
        }
        return Math.max(1, (long) Math.ceil((1 - tokens) / ratePerSecond * 1000));
    }
}
