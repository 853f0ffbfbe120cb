package dev.heddle.transformer.processor;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Dead letters: key, value and headers as read, and headers of ours that say where the record lies and what is wrong
 * with it. The names are part of the contract with operators.
 */
public final class DeadLetters {

    /** Header: the topic the record was read from. */
    public static final String TOPIC = "heddle.source.topic";
    /** Header: its partition, in decimal digits. */
    public static final String PARTITION = "heddle.source.partition";
    /** Header: its offset, in decimal digits. */
    public static final String OFFSET = "heddle.source.offset";
    /** Header: its log-append time in milliseconds since 1970 UTC, in decimal digits. */
    public static final String TIME_MS = "heddle.source.time.ms";
    /** Header: why it could not be ordered, in one sentence. */
    public static final String REASON = "heddle.reason";
    /** Header: bytes of key, value and headers that were left out as they would not fit; absent where nothing was. */
    public static final String OMITTED_BYTES = "heddle.omitted.bytes";

    private static final int OWN_BYTES_MAX = 16 * 1024;
    private static final int REASON_LENGTH_MAX = 2_000;

    private DeadLetters() {
    }

    /**
     * {@return the dead letter of a record}
     *
     * @param input          the record
     * @param reason         why it could not be ordered
     * @param recordBytesMax the largest record that can be written
     */
    public static Record<byte[], byte[]> of(Input input, String reason, int recordBytesMax) {
        long bytes = length(input.key()) + length(input.value()) + length(input.headers());
        boolean fits = bytes + OWN_BYTES_MAX <= recordBytesMax;
        Headers headers = fits ? new RecordHeaders(input.headers()) : new RecordHeaders();
        add(headers, TOPIC, input.topic());
        add(headers, PARTITION, Integer.toString(input.partition()));
        add(headers, OFFSET, Long.toString(input.offset()));
        add(headers, TIME_MS, Long.toString(input.timeMs()));
        add(headers, REASON, reason.length() <= REASON_LENGTH_MAX ? reason : reason.substring(0, REASON_LENGTH_MAX));
        if (!fits) {
            add(headers, OMITTED_BYTES, Long.toString(bytes));
        }
        return new Record<>(fits ? input.key() : null, fits ? input.value() : null, input.timeMs(), headers);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static long length(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            bytes += header.key().length() * 3L + length(header.value()) + 10;
        }
        return bytes;
    }
}
