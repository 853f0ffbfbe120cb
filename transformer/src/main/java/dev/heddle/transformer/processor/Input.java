package dev.heddle.transformer.processor;

import java.util.Objects;
import org.apache.kafka.common.header.Headers;

/**
 * One record of a raw log as it was read, nothing of it trusted yet.
 *
 * @param topic     where it was read
 * @param partition where it was read
 * @param offset    where it was read
 * @param timeMs    its log-append time, milliseconds since 1970 UTC, at least 0
 * @param key       its key or null; not to be changed
 * @param value     its value or null; not to be changed
 * @param headers   its headers, never null
 */
public record Input(String topic, int partition, long offset, long timeMs, byte[] key, byte[] value,
                    Headers headers) {

    /** Checks the parts that a broker always gives. */
    public Input {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(headers, "headers");
    }

    /** {@return topic, partition and offset, for messages} */
    public String place() {
        return topic + "-" + partition + "@" + offset;
    }
}
