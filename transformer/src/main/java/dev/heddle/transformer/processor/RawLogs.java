package dev.heddle.transformer.processor;

import java.util.function.Consumer;

/**
 * Raw logs, read beside the records that are delivered: what the new part of a moved log stands on. One thread; blocks.
 */
public interface RawLogs {

    /** No log but the delivered one: for workspaces that never move. */
    RawLogs NONE = new RawLogs() {
        @Override
        public long committed(String topic) {
            return 0;
        }

        @Override
        public boolean read(String topic, long fromOffset, long toOffset, Consumer<Input> visitor) {
            return false;
        }
    };

    /**
     * {@return the offset below which this application has committed a topic's records; 0 where it has committed none}
     *
     * @param topic the raw log's topic
     */
    long committed(String topic);

    /**
     * Reads records in order.
     *
     * @param topic      the raw log's topic
     * @param fromOffset the first record's offset
     * @param toOffset   the last record's offset
     * @param visitor    takes each record
     * @return false where the topic is not there or ends before the last record; nothing was read then
     */
    boolean read(String topic, long fromOffset, long toOffset, Consumer<Input> visitor);
}
