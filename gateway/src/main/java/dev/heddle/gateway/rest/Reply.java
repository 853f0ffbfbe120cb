package dev.heddle.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * The answer to a call.
 *
 * @param status      the HTTP status
 * @param contentType the media type, or null for an empty body
 * @param headers     other headers
 * @param body        the body
 */
record Reply(int status, String contentType, Map<String, String> headers, Buffer body) {

    static final String JSON = "application/json";

    static Reply json(int status, JsonNode body) {
        return json(status, body, Map.of());
    }

    static Reply json(int status, JsonNode body, Map<String, String> headers) {
        return new Reply(status, JSON, headers, Buffer.buffer(body.toString()));
    }

    static Reply empty(int status, Map<String, String> headers) {
        return new Reply(status, null, headers, Buffer.buffer());
    }
}
