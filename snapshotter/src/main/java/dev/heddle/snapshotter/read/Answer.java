package dev.heddle.snapshotter.read;

import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * A complete answer, made on a worker thread so that the event loop only has to write it.
 *
 * @param contentType the media type
 * @param headers     further headers
 * @param body        the body
 */
record Answer(String contentType, Map<String, String> headers, Buffer body) {

    static final String JSON = "application/json";
    static final String DIFF = "text/x-diff; charset=utf-8";
    static final String TEXT = "text/plain; charset=utf-8";
}
