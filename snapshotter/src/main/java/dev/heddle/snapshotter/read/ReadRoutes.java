package dev.heddle.snapshotter.read;

import dev.heddle.schemas.error.EdgeError;
import dev.heddle.snapshotter.store.StoreClosedException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of the read API. Event loops; everything that costs goes to worker threads or to the shard's owner. */
final class ReadRoutes {

    private static final Logger log = LoggerFactory.getLogger(ReadRoutes.class);
    private static final String BLAME = "/blame";
    private static final String DIFF = "/diff";
    private static final int NOT_FOUND = 404;

    /** A read on the instance that holds the shard; runs on a worker thread. */
    private interface Read {
        Answer read(WorkspaceReader reader, ReadQuery query, RoutingContext context);
    }

    private final Owner.Locator locator;
    private final ReadCall calls;
    private final Proxy proxy;
    private final ReadLimits limits;
    private final AtomicInteger inFlight = new AtomicInteger();

    ReadRoutes(Owner.Locator locator, ReadCall calls, Proxy proxy, ReadLimits limits) {
        this.locator = locator;
        this.calls = calls;
        this.proxy = proxy;
        this.limits = limits;
        calls.metrics().gauge("reads.inflight", "Reads that wait or run", inFlight::get);
    }

    void install(Router router) {
        router.get("/workspaces/:workspace").handler(context -> answer(context, "workspace", this::head));
        router.get("/workspaces/:workspace/files").handler(context -> answer(context, "tree", this::tree));
        router.get("/workspaces/:workspace/ops").handler(context -> answer(context, "ops", this::operations));
        router.get("/workspaces/:workspace/file-ids/:file").handler(context -> answer(context, "text", this::textById));
        router.get("/workspaces/:workspace/file-ids/:file/blame")
            .handler(context -> answer(context, "blame", this::blameById));
        router.get("/workspaces/:workspace/file-ids/:file/diff")
            .handler(context -> answer(context, "diff", this::diffById));
        router.get("/workspaces/:workspace/files/*").handler(context -> answer(context, "text", this::byPath));
    }

    private Answer head(WorkspaceReader reader, ReadQuery query, RoutingContext context) {
        return Answers.head(query.workspace(), reader.head(query));
    }

    private Answer tree(WorkspaceReader reader, ReadQuery query, RoutingContext context) {
        return Answers.tree(reader.tree(query));
    }

    private Answer operations(WorkspaceReader reader, ReadQuery query, RoutingContext context) {
        long after = ReadQuery.number(context.queryParams(), "after", 0, Long.MAX_VALUE, 0L);
        long asked = ReadQuery.number(context.queryParams(), "limit", 1, Long.MAX_VALUE, Long.MAX_VALUE);
        int limit = (int) Math.min(asked, limits.operationsMax());
        return Answers.operations(reader.operations(query, after, limit, limits.bytesMax()));
    }

    private Answer textById(WorkspaceReader reader, ReadQuery query, RoutingContext context) {
        return Answers.text(reader.file(query, FileSelector.ofFile(context.pathParam("file"))));
    }

    private Answer blameById(WorkspaceReader reader, ReadQuery query, RoutingContext context) {
        return Answers.blame(reader.blame(query, FileSelector.ofFile(context.pathParam("file"))));
    }

    private Answer diffById(WorkspaceReader reader, ReadQuery query, RoutingContext context) {
        return diff(reader, query, FileSelector.ofFile(context.pathParam("file")), context);
    }

    /** A path that ends in /blame or /diff asks that of the rest, unless there is a file of the whole path. */
    private Answer byPath(WorkspaceReader reader, ReadQuery query, RoutingContext context) {
        String path = path(context, query.workspace());
        if (!path.endsWith(BLAME) && !path.endsWith(DIFF)) {
            return Answers.text(reader.file(query, FileSelector.ofPath(path)));
        }
        try {
            return Answers.text(reader.file(query, FileSelector.ofPath(path)));
        } catch (ReadException absent) {
            if (absent.entry().httpStatus() != NOT_FOUND) {
                throw absent;
            }
            FileSelector file = FileSelector.ofPath(path.substring(0, path.lastIndexOf('/')));
            return path.endsWith(BLAME) ? Answers.blame(reader.blame(query, file))
                : diff(reader, query, file, context);
        }
    }

    private static Answer diff(WorkspaceReader reader, ReadQuery query, FileSelector file, RoutingContext context) {
        String format = context.queryParams().contains("format") ? context.queryParams().get("format") : "json";
        if (!format.equals("json") && !format.equals("unified")) {
            throw ReadException.badRequest("format: " + ReadQuery.shown(format) + " (expected: json or unified)");
        }
        Long from = ReadQuery.number(context.queryParams(), "from", 0, Long.MAX_VALUE, null);
        if (from == null) {
            throw ReadException.badRequest("from is not given (expected: the version to compare with)");
        }
        Long to = ReadQuery.number(context.queryParams(), "to", 0, Long.MAX_VALUE, null);
        WorkspaceReader.Comparison comparison = reader.compare(to == null ? query : query.at(to), from, file);
        return format.equals("json") ? Answers.diff(comparison) : Answers.unifiedDiff(comparison);
    }

    private static String path(RoutingContext context, String workspace) {
        String encoded = context.request().path().substring(("/workspaces/" + workspace + "/files/").length());
        try {
            // A plus is a plus in a path; only in a query it is a space.
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw ReadException.badRequest("path: " + ReadQuery.shown(encoded) + " (expected: percent-encoded UTF-8)");
        }
    }

    private void answer(RoutingContext context, String call, Read read) {
        long startNs = calls.nowNs();
        if (inFlight.incrementAndGet() > limits.inFlightMax()) {
            finish(context, call, startNs, Future.failedFuture(ReadException.unavailable(limits.inFlightMax()
                + " reads wait or run on this instance, which is the limit; try again")));
            return;
        }
        Future<Void> answered;
        try {
            ReadQuery query = ReadQuery.parse(context.pathParam("workspace"), context.queryParams(), limits);
            answered = attempt(context, query, startNs, read);
        } catch (ReadException problem) {
            answered = Future.failedFuture(problem);
        }
        finish(context, call, startNs, answered);
    }

    private void finish(RoutingContext context, String call, long startNs, Future<Void> answered) {
        answered.onComplete(result -> {
            inFlight.decrementAndGet();
            if (result.failed()) {
                Problems.answer(context.response(), problem(result.cause()));
            }
            calls.metrics().readAnswered(call, context.response().getStatusCode(), calls.nowNs() - startNs);
        });
    }

    private static ReadException problem(Throwable failure) {
        if (failure instanceof ReadException problem) {
            return problem;
        }
        if (failure instanceof KafkaException surroundings) {
            log.warn("a read failed: {}", surroundings.toString());
            return ReadException.unavailable("brokers or registry do not answer: " + surroundings.getMessage());
        }
        log.error("a read failed", failure);
        return ReadException.of(EdgeError.INTERNAL, "the read failed on the server; see its log");
    }

    private Future<Void> attempt(RoutingContext context, ReadQuery query, long startNs, Read read) {
        Owner owner = locator.locate(query.workspace());
        boolean forwarded = context.request().getHeader(Proxy.FORWARDED) != null;
        if (owner instanceof Owner.Here here) {
            return calls.run(here.shard(), query, startNs, rebuilder -> read.read(
                    new WorkspaceReader(here.shard(), query.workspace(), rebuilder), query, context))
                .compose(answer -> write(context.response(), answer))
                .recover(failure -> failure instanceof StoreClosedException
                    ? again(context, query, startNs, read, failure.getMessage()) : Future.failedFuture(failure));
        }
        if (owner instanceof Owner.There there && !forwarded) {
            return proxy.forward(context.request(), there, Math.max(1, calls.leftMs(query, startNs)))
                .recover(failure -> failure instanceof Proxy.NoAnswerException
                    ? again(context, query, startNs, read, failure.getMessage()) : Future.failedFuture(failure));
        }
        return again(context, query, startNs, read, "nobody holds the shard");
    }

    private Future<Void> again(RoutingContext context, ReadQuery query, long startNs, Read read, String why) {
        if (calls.leftMs(query, startNs) <= 0) {
            return Future.failedFuture(ReadException.unavailable("the shard of workspace " + query.workspace()
                + " is being restored or moved and was not ready within " + query.waitMs() + " ms: " + why));
        }
        return calls.pause().compose(done -> attempt(context, query, startNs, read));
    }

    private static Future<Void> write(HttpServerResponse response, Answer answer) {
        response.putHeader("content-type", answer.contentType());
        answer.headers().forEach(response::putHeader);
        return response.end(answer.body());
    }
}
