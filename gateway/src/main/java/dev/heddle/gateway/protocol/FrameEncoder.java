package dev.heddle.gateway.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.atomic.LongAdder;

/** Turns messages into frames and counts how often it did, so that a test can show that fan-out encodes once. */
public final class FrameEncoder {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final LongAdder encodings = new LongAdder();

    /**
     * {@return the message as one frame}
     *
     * @param message a complete message with its {@code type}
     */
    public Frame encode(ObjectNode message) {
        encodings.increment();
        try {
            return new Frame(MAPPER.writeValueAsBytes(message));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message of plain values could not be written as JSON", e);
        }
    }

    /** {@return how many messages were encoded since the start} */
    public long encodings() {
        return encodings.sum();
    }
}
