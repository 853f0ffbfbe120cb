package dev.heddle.services.streams;

import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;

/** Sums of what Kafka Streams and its clients measure, for the few that tell about all of an instance. Any thread. */
public final class StreamsReadings {

    private final Supplier<KafkaStreams> streams;

    /**
     * Readings of an instance.
     *
     * @param streams gives the instance, or null before it runs
     */
    public StreamsReadings(Supplier<KafkaStreams> streams) {
        this.streams = streams;
    }

    /** {@return bytes that the stores take, on disk and in memory tables} */
    public double storeBytes() {
        return sum("total-sst-files-size", tags -> true) + sum("cur-size-all-mem-tables", tags -> true);
    }

    /**
     * {@return records of topics that were written and are not read yet; 0 before the first fetch}
     *
     * @param topics chooses by a reading's tags, of which {@code topic} and {@code partition} are there
     */
    public double lagRecords(Predicate<Map<String, String>> topics) {
        // Clients tell of each topic twice, once with its dots replaced: tags that name a real topic count.
        return sum("records-lag", tags -> tags.containsKey("topic") && topics.test(tags));
    }

    private double sum(String name, Predicate<Map<String, String>> tags) {
        KafkaStreams running = streams.get();
        if (running == null) {
            return 0;
        }
        double sum = 0;
        for (Metric metric : running.metrics().values()) {
            if (metric.metricName().name().equals(name) && tags.test(metric.metricName().tags())
                && metric.metricValue() instanceof Number number && !Double.isNaN(number.doubleValue())) {
                sum += number.doubleValue();
            }
        }
        return sum;
    }
}
