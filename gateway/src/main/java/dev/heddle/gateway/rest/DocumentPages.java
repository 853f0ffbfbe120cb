package dev.heddle.gateway.rest;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The contracts below {@code /docs}: an index, and the OpenAPI and AsyncAPI documents as they are. */
final class DocumentPages {

    private final ClassPathPages files = new ClassPathPages("docs");

    boolean answer(HttpServerRequest request, String below) {
        if (below.isEmpty()) {
            // Relative addresses on the index need the slash.
            HttpServerResponse response = request.response();
            response.setStatusCode(302).putHeader("Location", "/docs/").end();
            return true;
        }
        return files.answer(request, below.substring(1));
    }
}
