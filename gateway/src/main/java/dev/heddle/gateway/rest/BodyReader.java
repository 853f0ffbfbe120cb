package dev.heddle.gateway.rest;

import dev.heddle.engine.RejectionCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Reads a request's whole body up to a size, whatever its media type says; what is larger is refused unread. */
final class BodyReader {

    private BodyReader() {
    }

    static Future<Buffer> read(HttpServerRequest request, long bytesMax) {
        Promise<Buffer> promise = Promise.promise();
        String announced = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (announced != null && announced.length() > 18 || announced != null && Long.parseLong(announced) > bytesMax) {
            refuse(request, promise, announced, bytesMax);
            return promise.future();
        }
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + (long) chunk.length() > bytesMax) {
                request.handler(ignored -> { });
                refuse(request, promise, "more than " + bytesMax, bytesMax);
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(promise::tryFail);
        request.endHandler(end -> promise.tryComplete(body));
        return promise.future();
    }

    private static void refuse(HttpServerRequest request, Promise<Buffer> promise, String size, long bytesMax) {
        request.response().putHeader(HttpHeaders.CONNECTION, "close");
        promise.tryFail(new ApiException(RejectionCode.TOO_LARGE, "body: " + size + " bytes (expected: at most "
            + bytesMax + ")"));
    }
}
