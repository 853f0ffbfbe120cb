package dev.heddle.testkit.chaos;

import java.util.Map;

/**
 * How a cluster of processes is laid out.
 *
 * @param brokers          how many brokers
 * @param transformers     how many transformers
 * @param snapshotters     how many snapshotters
 * @param gateways         how many gateways
 * @param heapMb           Java heap of each process in MiB
 * @param brokerSettings   settings of brokers beside their defaults
 * @param serviceSettings  settings of all three services beside what the layout needs
 */
public record ClusterSettings(int brokers, int transformers, int snapshotters, int gateways, int heapMb,
                              Map<String, String> brokerSettings, Map<String, String> serviceSettings) {

    /** Copies the maps. */
    public ClusterSettings {
        brokerSettings = Map.copyOf(brokerSettings);
        serviceSettings = Map.copyOf(serviceSettings);
    }

    /** {@return three brokers, two of each service, all with the defaults an operator gets, and one standby} */
    public static ClusterSettings asInstalled() {
        return new ClusterSettings(3, 2, 2, 2, 224, Map.of(), Map.of("num.standby.replicas", "1"));
    }

    /**
     * {@return the same with one snapshotter, and failures noticed sooner, so that a short run sees many of them}
     */
    public static ClusterSettings brisk() {
        return new ClusterSettings(3, 2, 1, 2, 192,
            Map.of("broker.session.timeout.ms", "3000", "broker.heartbeat.interval.ms", "500",
                "group.min.session.timeout.ms", "1000"),
            Map.of("num.standby.replicas", "1", "session.timeout.ms", "3000", "heartbeat.interval.ms", "500"));
    }
}
