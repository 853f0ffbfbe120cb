package dev.heddle.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.editing.MinimalDiff;
import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.RejectionException;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.PathRules;
import dev.heddle.gateway.room.AsOf;
import dev.heddle.gateway.room.FileText;
import dev.heddle.gateway.room.LiveOperation;
import dev.heddle.gateway.room.ReadBound;
import dev.heddle.gateway.room.ReadException;
import dev.heddle.gateway.room.Rooms;
import dev.heddle.gateway.room.WorkspaceReader;
import dev.heddle.schemas.error.EdgeError;
import io.vertx.core.buffer.Buffer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The calls about files. Reads show at least everything this gateway has shown or acknowledged before. */
final class FileCalls {

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NOT_MODIFIED = 304;
    private static final String TEXT = "text/plain; charset=utf-8";
    /** How often a write starts over because somebody else made or removed the file in between. */
    private static final int ATTEMPTS_MAX = 3;

    private final Rooms rooms;
    private final WorkspaceReader reader;
    private final Writer writer;
    private final int bodyBytesMax;

    FileCalls(Rooms rooms, Writer writer, int bodyBytesMax) {
        this.rooms = rooms;
        this.reader = rooms.ports().reader();
        this.writer = writer;
        this.bodyBytesMax = bodyBytesMax;
    }

    private ReadBound bound(Call call) {
        Long minVersion = call.number("minVersion");
        return new ReadBound(minVersion, rooms.readYourWrites(call.workspace()).minOffset());
    }

    CompletionStage<Reply> tree(Call call) {
        return reader.files(call.workspace(), call.asOf(), bound(call)).thenApply(tree -> {
            ArrayNode files = JsonNodeFactory.instance.arrayNode();
            tree.files().forEach(entry -> files.addObject().put("file", entry.file()).put("path", entry.path())
                .put("length", entry.lengthCodePoints()).put("version", entry.version()));
            return Reply.json(OK, files, Map.of("Heddle-Version", Long.toString(tree.version())));
        });
    }

    CompletionStage<Reply> read(Call call) {
        return file(call, call.asOf()).thenApply(file -> {
            Map<String, String> headers = headers(file);
            if (Conditions.matches(call.header("If-None-Match"), file.hash())) {
                return Reply.empty(NOT_MODIFIED, headers);
            }
            return new Reply(OK, TEXT, headers, Buffer.buffer(file.text()));
        });
    }

    CompletionStage<Reply> blame(Call call) {
        checkPath(call.path());
        return reader.blame(call.workspace(), call.path(), call.asOf(), bound(call))
            .thenApply(blame -> Reply.json(OK, blame));
    }

    CompletionStage<Reply> diff(Call call) {
        checkPath(call.path());
        Long from = call.number("from");
        if (from == null) {
            throw new ApiException(RejectionCode.BAD_REQUEST, "from: missing (expected: the version to compare with)");
        }
        String format = call.parameter("format");
        if (format != null && !format.equals("json") && !format.equals("unified")) {
            throw new ApiException(RejectionCode.BAD_REQUEST, "format: " + Call.shown(format)
                + " (expected: json or unified)");
        }
        WorkspaceReader.Range range = new WorkspaceReader.Range(from, call.number("to"), "unified".equals(format));
        return reader.difference(call.workspace(), call.path(), range, bound(call)).thenApply(difference ->
            new Reply(OK, difference.contentType(), Map.of(), Buffer.buffer(difference.body())));
    }

    private CompletionStage<FileText> file(Call call, AsOf asOf) {
        checkPath(call.path());
        return reader.file(call.workspace(), FileReference.ofPath(call.path()), asOf, bound(call));
    }

    static void checkPath(String path) {
        try {
            PathRules.check(path);
        } catch (RejectionException e) {
            throw new ApiException(e.code(), e.getMessage());
        }
    }

    private static Map<String, String> headers(FileText file) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ETag", Conditions.etag(file.hash()));
        headers.put("Heddle-Version", Long.toString(file.version()));
        headers.put("Heddle-File", file.file());
        headers.put("Heddle-File-Version", Long.toString(file.fileVersion()));
        headers.put("Heddle-Path", URLEncoder.encode(file.path(), StandardCharsets.UTF_8).replace("+", "%20")
            .replace("%2F", "/"));
        headers.put("Cache-Control", "no-cache");
        return headers;
    }

    CompletionStage<Reply> put(Call call) {
        return put(call, call.text(), call.number("base"), writer.identity(call), 1);
    }

    private CompletionStage<Reply> put(Call call, String text, Long base, Call.Identity identity, int attempt) {
        return file(call, AsOf.version(base)).handle((file, failure) -> {
            if (failure == null) {
                return edit(call, text, file, identity);
            }
            ReadException reason = ReadException.of(failure);
            boolean absent = reason.code() == RejectionCode.UNKNOWN_FILE || reason.code() == RejectionCode.FILE_DELETED;
            if (!absent) {
                throw reason;
            }
            if (call.header("If-Match") != null) {
                throw new ApiException(EdgeError.PRECONDITION_FAILED, "If-Match: " + Call.shown(call.header("If-Match"))
                    + " (expected: no condition, as " + call.path() + " does not exist)");
            }
            return create(call, text, identity).exceptionallyCompose(refused -> {
                ApiException api = ApiException.of(refused);
                boolean taken = api != null && api.rejectionCode() == RejectionCode.PATH_TAKEN;
                return taken && attempt < ATTEMPTS_MAX && call.identity() == null
                    ? put(call, text, null, writer.identity(call), attempt + 1)
                    : CompletableFuture.failedFuture(refused);
            });
        }).thenCompose(stage -> stage);
    }

    private CompletionStage<Reply> create(Call call, String text, Call.Identity identity) {
        return write(call, identity, null, new Operation.Create(call.path(), text, null))
            .thenApply(operation -> Reply.json(CREATED, summary(operation)));
    }

    private CompletionStage<Reply> edit(Call call, String text, FileText file, Call.Identity identity) {
        Conditions.check(call, file.hash());
        if (file.text().equals(text)) {
            return CompletableFuture.completedFuture(Reply.json(OK, JsonNodeFactory.instance.objectNode()
                .put("file", file.file()).put("path", file.path()).put("version", file.version())));
        }
        return onWorker(() -> new Operation.Edit(FileReference.ofFile(file.file()),
            MinimalDiff.between(file.text(), text))).thenCompose(edit -> write(call, identity, file.version(), edit))
            .thenApply(operation -> Reply.json(OK, summary(operation)));
    }

    private <T> CompletionStage<T> onWorker(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, rooms.ports().workers());
    }

    private CompletionStage<LiveOperation> write(Call call, Call.Identity identity, Long base, Operation operation) {
        return writer.write(call, identity, base, operation);
    }

    CompletionStage<Reply> patch(Call call) {
        checkPath(call.path());
        RequestBodies.Patch patch = RequestBodies.patch(call.json(bodyBytesMax), call.path());
        return write(call, writer.identity(call), patch.base(), patch.operation())
            .thenApply(committed -> Reply.json(OK, committed.json()));
    }

    CompletionStage<Reply> rename(Call call) {
        String to = RequestBodies.renameTo(call.json(bodyBytesMax));
        checkPath(to);
        return conditional(call, new Operation.Rename(FileReference.ofPath(call.path()), to));
    }

    CompletionStage<Reply> delete(Call call) {
        return conditional(call, new Operation.Delete(FileReference.ofPath(call.path())));
    }

    private CompletionStage<Reply> conditional(Call call, Operation operation) {
        checkPath(call.path());
        CompletionStage<Void> allowed = call.header("If-Match") == null ? CompletableFuture.completedFuture(null)
            : file(call, AsOf.NEWEST).thenAccept(file -> Conditions.check(call, file.hash()));
        return allowed.thenCompose(ignored -> write(call, writer.identity(call), call.number("base"), operation))
            .thenApply(committed -> Reply.json(OK, summary(committed)));
    }

    private static ObjectNode summary(LiveOperation operation) {
        return JsonNodeFactory.instance.objectNode().put("file", operation.file()).put("path", operation.path())
            .put("version", operation.version());
    }
}
