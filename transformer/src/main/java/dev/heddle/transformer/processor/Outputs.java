package dev.heddle.transformer.processor;

/** Where answers go. What is sent for one input again is the same, byte by byte. */
public interface Outputs {

    /**
     * Sends a canonical record.
     *
     * @param key    {@code <workspace>/<version, 20 digits>}
     * @param value  the Avro bytes
     * @param timeMs the log-append time of the record it answers
     */
    void canonical(String key, byte[] value, long timeMs);

    /**
     * Sends a rejection.
     *
     * @param key    {@code <workspace>/<session>}
     * @param value  the Avro bytes
     * @param timeMs the log-append time of the record it answers
     */
    void rejection(String key, byte[] value, long timeMs);

    /**
     * Sends a record that cannot be ordered to the dead letters.
     *
     * @param input  the record as read
     * @param reason why, in one sentence
     */
    void deadLetter(Input input, String reason);
}
