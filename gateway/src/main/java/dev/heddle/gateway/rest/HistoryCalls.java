package dev.heddle.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.editing.RevertPlan;
import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.gateway.room.AsOf;
import dev.heddle.gateway.room.FileText;
import dev.heddle.gateway.room.LiveOperation;
import dev.heddle.gateway.room.ReadBound;
import dev.heddle.gateway.room.Rooms;
import dev.heddle.gateway.room.WorkspaceReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Taking things back: always by new operations, which everybody sees and which can be taken back again. */
final class HistoryCalls {

    private static final int OK = 200;

    private final Rooms rooms;
    private final WorkspaceReader reader;
    private final Writer writer;
    private final UndoCalls selections;
    private final OneUndo single;
    private final int bodyBytesMax;

    HistoryCalls(Rooms rooms, Writer writer, int bodyBytesMax) {
        this.rooms = rooms;
        this.reader = rooms.ports().reader();
        this.writer = writer;
        this.selections = new UndoCalls(rooms, writer);
        this.single = new OneUndo(rooms, writer);
        this.bodyBytesMax = bodyBytesMax;
    }

    /** What anybody may keep of a workspace and hold against it later: {@code heddle verify --head}. */
    CompletionStage<Reply> head(Call call) {
        Long version = call.number("version");
        ReadBound bound = rooms.readYourWrites(call.workspace());
        if (version == null || version == 0) {
            return reader.head(call.workspace(), bound).thenApply(head -> version == null
                ? head(call, head.version(), head.hash(), head.timeMs()) : head(call, 0, Hash.ZERO.hex(), 0));
        }
        return operation(call.workspace(), version, bound).thenApply(operation -> head(call, version,
            operation.path("hash").textValue(), operation.path("time").longValue()));
    }

    private static Reply head(Call call, long version, String hash, long timeMs) {
        return Reply.json(OK, JsonNodeFactory.instance.objectNode().put("workspace", call.workspace())
            .put("version", version).put("hash", hash).put("time", timeMs));
    }

    /** The operation of a version, at least 1, as its message. */
    private CompletionStage<ObjectNode> operation(String workspace, long version, ReadBound bound) {
        return reader.operations(workspace, version - 1, 1, bound).thenApply(page -> {
            if (page.operations().isEmpty()) {
                throw new ApiException(RejectionCode.BASE_IN_FUTURE, "version: " + version + " (expected: at most "
                    + page.version() + ")");
            }
            return page.operations().get(0);
        });
    }

    CompletionStage<Reply> revert(Call call) {
        ObjectNode body = call.json(bodyBytesMax);
        long to = RequestBodies.version(body, "to");
        JsonNode path = body.get("path");
        if (path != null && !path.isTextual()) {
            throw new ApiException(RejectionCode.BAD_REQUEST, "path: " + path + " (expected: a text)");
        }
        ReadBound bound = rooms.readYourWrites(call.workspace());
        return reader.files(call.workspace(), AsOf.NEWEST, bound).thenCompose(now ->
            reader.files(call.workspace(), AsOf.version(to), bound).thenCompose(then -> {
                RevertPlan plan = RevertPlan.of(then.files(), now.files(), path == null ? null
                    : file(then, now, path.textValue()));
                return texts(call.workspace(), plan, then.version(), now.version())
                    .thenCompose(operations -> writeAll(call, operations, now.version()));
            }));
    }

    private static String file(WorkspaceReader.Tree then, WorkspaceReader.Tree now, String path) {
        return RevertPlan.file(then.files(), now.files(), path).orElseThrow(() -> new ApiException(
            RejectionCode.UNKNOWN_FILE, "path: " + Call.shown(path) + " (expected: a file of version "
            + then.version() + " or of now)"));
    }

    /** Reads the texts a plan needs, one after the other, and turns it into operations. */
    private CompletionStage<List<Operation>> texts(String workspace, RevertPlan plan, long then, long now) {
        CompletionStage<List<Operation>> edits = CompletableFuture.completedFuture(new ArrayList<>());
        for (RevertPlan.Content content : plan.contents()) {
            edits = edits.thenCompose(list -> read(workspace, content.file(), then).thenCompose(old -> {
                if (content.created()) {
                    content.operation(old.text(), "").ifPresent(list::add);
                    return CompletableFuture.completedFuture(list);
                }
                return read(workspace, content.file(), now).thenApplyAsync(current -> {
                    content.operation(old.text(), current.text()).ifPresent(list::add);
                    return list;
                }, rooms.ports().workers());
            }));
        }
        return edits.thenApply(list -> {
            List<Operation> all = new ArrayList<>(plan.treeOperations());
            all.addAll(list);
            return all;
        });
    }

    private CompletionStage<FileText> read(String workspace, String file, long version) {
        return reader.file(workspace, FileReference.ofFile(file), AsOf.version(version), ReadBound.NONE);
    }

    private CompletionStage<Reply> writeAll(Call call, List<Operation> operations, long now) {
        Call.Identity first = writer.identity(call);
        CompletionStage<Long> version = CompletableFuture.completedFuture(now);
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            Call.Identity identity = new Call.Identity(first.session(), first.seq() + i);
            String progress = "after " + i + " of " + operations.size() + " operations: ";
            // Told within the step: the failure of one passes by all later ones.
            version = version.thenCompose(ignored -> writer.write(call, identity, now, operation)
                .thenApply(LiveOperation::version).exceptionally(failure -> {
                    throw ApiException.told(progress, failure);
                }));
        }
        return version.thenApply(newest -> Reply.json(OK, JsonNodeFactory.instance.objectNode()
            .put("version", newest).put("operations", operations.size())));
    }

    CompletionStage<Reply> undo(Call call) {
        ObjectNode body = call.json(bodyBytesMax);
        if (!body.has("version")) {
            return selections.takeBack(call, UndoRequest.of(body));
        }
        long version = RequestBodies.version(body, "version");
        if (version < 1) {
            throw new ApiException(RejectionCode.BAD_REQUEST, "version: 0 (expected: the version of an operation)");
        }
        ReadBound bound = rooms.readYourWrites(call.workspace());
        return operation(call.workspace(), version, bound)
            .thenCompose(undone -> single.takeBack(call, undone))
            .thenApply(committed -> Reply.json(OK, committed));
    }
}
