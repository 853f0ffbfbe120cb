package dev.heddle.testkit.chaos;

/**
 * How a run goes.
 *
 * @param seed             decides which faults come when and what writers write
 * @param durationMs       how long faults are caused, in milliseconds
 * @param gapMs            time between two faults on average, in milliseconds
 * @param sessionTimeoutMs of the consumer groups, which long pauses exceed, in milliseconds
 * @param workspaces       how many workspaces
 * @param socketWriters    writers on WebSocket in each
 * @param kafkaWriters     writers on plain Kafka in each
 * @param intervalMs       time between two operations of a writer on average, in milliseconds
 * @param settleMs         how long everything may take to be answered once nothing is hurt any more, in milliseconds
 */
public record ChaosSettings(long seed, long durationMs, long gapMs, long sessionTimeoutMs, int workspaces,
                            int socketWriters, int kafkaWriters, long intervalMs, long settleMs) {

    /**
     * {@return 20 writers in 4 workspaces: 16 on WebSocket, 4 on Kafka}
     *
     * @param seed             decides everything
     * @param durationMs       how long faults are caused, in milliseconds
     * @param gapMs            time between two faults on average, in milliseconds
     * @param sessionTimeoutMs of the consumer groups, in milliseconds
     */
    public static ChaosSettings twentyWriters(long seed, long durationMs, long gapMs, long sessionTimeoutMs) {
        return new ChaosSettings(seed, durationMs, gapMs, sessionTimeoutMs, 4, 4, 1, 100, 60_000);
    }
}
