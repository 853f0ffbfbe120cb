package dev.heddle.snapshotter.read;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.util.Locale;
import java.util.Set;

/** Hands a read to the instance that holds the shard and its answer back, without holding it in memory. */
final class Proxy {

    /** Says that a read came from another instance, so that it is never handed on a second time. */
    static final String FORWARDED = "Heddle-Forwarded";

    /** What belongs to one connection only. */
    private static final Set<String> HOP_BY_HOP = Set.of("connection", "transfer-encoding", "keep-alive");
    private static final long GRACE_MS = 2_000;

    /** The other instance sent nothing at all, so that the read may be tried again wherever the shard went. */
    static final class NoAnswerException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoAnswerException(String message) {
            super(message, null, false, false);
        }
    }

    private final HttpClient client;

    Proxy(HttpClient client) {
        this.client = client;
    }

    Future<Void> forward(HttpServerRequest request, Owner.There owner, long waitMs) {
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.GET)
            .setHost(owner.host()).setPort(owner.port()).setURI(request.uri())
            .setConnectTimeout(GRACE_MS).setIdleTimeout(waitMs + GRACE_MS).putHeader(FORWARDED, "1");
        return client.request(options)
            .compose(sent -> sent.send())
            .recover(failure -> Future.failedFuture(new NoAnswerException("the instance at " + owner.host() + ":"
                + owner.port() + " that holds the shard does not answer: " + failure.getMessage())))
            .compose(answer -> {
                HttpServerResponse response = request.response().setStatusCode(answer.statusCode());
                answer.headers().forEach((name, value) -> {
                    if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                        response.putHeader(name, value);
                    }
                });
                if (answer.getHeader("content-length") == null) {
                    response.setChunked(true);
                }
                return answer.pipeTo(response);
            });
    }
}
