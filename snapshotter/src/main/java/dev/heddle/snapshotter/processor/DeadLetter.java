package dev.heddle.snapshotter.processor;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Dead letters: the record as read, with headers that say where it lies and what is wrong with it. */
final class DeadLetter {

    static final String TOPIC = "heddle.source.topic";
    static final String PARTITION = "heddle.source.partition";
    static final String OFFSET = "heddle.source.offset";
    static final String REASON = "heddle.reason";

    private static final int REASON_LENGTH_MAX = 2_000;

    private DeadLetter() {
    }

    static Record<byte[], byte[]> of(Record<byte[], byte[]> record, RecordMetadata place, String reason) {
        Headers headers = new RecordHeaders(record.headers());
        add(headers, TOPIC, place.topic());
        add(headers, PARTITION, Integer.toString(place.partition()));
        add(headers, OFFSET, Long.toString(place.offset()));
        add(headers, REASON, reason.length() <= REASON_LENGTH_MAX ? reason : reason.substring(0, REASON_LENGTH_MAX));
        return record.withHeaders(headers);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
