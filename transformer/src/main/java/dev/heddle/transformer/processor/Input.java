package dev.heddle.transformer.processor;

import dev.heddle.schemas.topic.LogPosition;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;

/**
 * One record of a raw log as it was read, nothing of it trusted yet.
 *
 * @param topic     where it was read
 * @param partition where it was read
 * @param offset    where it was read
 * @param position  its position in its workspace's log: the offset, and the part of a log that was moved
 * @param timeMs    its log-append time, milliseconds since 1970 UTC, at least 0
 * @param key       its key or null; not to be changed
 * @param value     its value or null; not to be changed
 * @param headers   its headers, never null
 */
public record Input(String topic, int partition, long offset, long position, long timeMs, byte[] key,
                    byte[] value, Headers headers) {

    /** Checks the parts that a broker always gives. */
    public Input {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(headers, "headers");
    }

    /**
     * A record of a log that was never moved, as far as is known.
     *
     * @param topic     where it was read
     * @param partition where it was read
     * @param offset    where it was read
     * @param timeMs    its log-append time, milliseconds since 1970 UTC, at least 0
     * @param key       its key or null
     * @param value     its value or null
     * @param headers   its headers, never null
     */
    public Input(String topic, int partition, long offset, long timeMs, byte[] key, byte[] value, Headers headers) {
        this(topic, partition, offset, offset, timeMs, key, value, headers);
    }

    /**
     * {@return the same record as one of a part of its workspace's log}
     *
     * @param part number of the part, from 0
     */
    Input in(int part) {
        return part == 0 ? this
            : new Input(topic, partition, offset, LogPosition.of(part, offset), timeMs, key, value, headers);
    }

    /** {@return topic, partition and offset, for messages} */
    public String place() {
        return topic + "-" + partition + "@" + offset;
    }
}
