package dev.heddle.snapshotter.read;

import dev.heddle.schemas.json.ProblemJson;
import io.vertx.core.http.HttpServerResponse;

/** Errors as problem documents with a permanent code. */
final class Problems {

    private Problems() {
    }

    static void answer(HttpServerResponse response, ReadException problem) {
        if (response.headWritten() || response.ended()) {
            // Part of another instance's answer went out already: the client must not take it for a whole one.
            response.reset();
            return;
        }
        response.setStatusCode(problem.entry().httpStatus()).putHeader("content-type", ProblemJson.MEDIA_TYPE)
            .end(ProblemJson.of(problem.entry(), problem.getMessage()).toString());
    }
}
