package dev.heddle.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.CodePoints;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.Undo;
import dev.heddle.gateway.room.AsOf;
import dev.heddle.gateway.room.FileText;
import dev.heddle.gateway.room.LiveOperation;
import dev.heddle.gateway.room.ReadBound;
import dev.heddle.gateway.room.Rooms;
import dev.heddle.gateway.room.WorkspaceReader;
import dev.heddle.schemas.json.OperationJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes one operation back. An edit is brought to the head here, past all that was committed since, so that what was
 * taken back meanwhile counts as never done: text comes back once, however often and in whatever order one asks. Where
 * more was committed since than one call may hold, the sequencer brings the plain inverse to the head instead.
 */
final class OneUndo {

    /** Later operations on the file that are held for one call, and characters of their texts together. */
    private static final int LATER_OPERATIONS_MAX = 10_000;
    private static final int LATER_CHARACTERS_MAX = 8 * 1024 * 1024;

    private final Rooms rooms;
    private final WorkspaceReader reader;
    private final Writer writer;

    OneUndo(Rooms rooms, Writer writer) {
        this.rooms = rooms;
        this.reader = rooms.ports().reader();
        this.writer = writer;
    }

    /** Takes an operation back, given as its message; completes with the message of what was committed. */
    CompletionStage<ObjectNode> takeBack(Call call, ObjectNode message) {
        CanonicalOperation undone = operation(call.workspace(), message);
        Operation done = undone.operation();
        if (done instanceof Operation.Edit) {
            return reader.head(call.workspace(), ReadBound.NONE).thenCompose(head ->
                takeBackEdit(call, undone, head.version()));
        } else if (done instanceof Operation.Create || done instanceof Operation.Noop) {
            return write(call, undone, Undo.of(undone, null));
        }
        return read(call.workspace(), undone.file(), undone.version() - 1).thenCompose(before ->
            write(call, undone, done instanceof Operation.Rename
                ? new Operation.Rename(FileReference.ofFile(undone.file()), before.path())
                : new Operation.Create(before.path(), before.text(), null)));
    }

    private CompletionStage<ObjectNode> write(Call call, CanonicalOperation undone, Operation operation) {
        return writer.write(call, writer.identity(call), undone.version(), operation).thenApply(LiveOperation::json);
    }

    private CompletionStage<ObjectNode> takeBackEdit(Call call, CanonicalOperation undone, long head) {
        return CompletableFuture.supplyAsync(() -> later(call.workspace(), undone, head), rooms.ports().workers())
            .thenCompose(found -> {
                List<ObjectNode> later = found.orElse(List.of());
                if (found.isEmpty() || later.stream().anyMatch(each -> "delete".equals(each.at("/op/kind").asText()))) {
                    // Too much lies between to hold, or nothing is left to bring it to, which the sequencer says best.
                    return write(call, undone, Undo.of(undone, null));
                }
                int answered = answered(call.identity(), later);
                return answered < 0 ? submit(call, undone, later, head)
                    : answer(call, undone, later.subList(0, answered), later.get(answered), head);
            });
    }

    private CompletionStage<ObjectNode> submit(Call call, CanonicalOperation undone, List<ObjectNode> later,
                                               long head) {
        return edit(call, undone, later, head).thenCompose(edit -> {
            Call.Identity given = call.identity();
            return writer.write(call, given != null ? given
                : new Call.Identity(Undo.session(call.workspace(), undone.version(), head), 1), head, edit);
        }).thenApply(LiveOperation::json);
    }

    /** Where the identity that the client gave was committed already, or -1. */
    private static int answered(Call.Identity given, List<ObjectNode> later) {
        int index = given == null ? -1 : later.size() - 1;
        while (index >= 0 && !(later.get(index).path("seq").longValue() == given.seq()
                && later.get(index).path("session").asText().equals(given.session()))) {
            index--;
        }
        return index;
    }

    /** The same answer again, if it is this undo's; else the number's second use is refused, as ever. */
    private CompletionStage<ObjectNode> answer(Call call, CanonicalOperation undone, List<ObjectNode> before,
                                               ObjectNode committed, long head) {
        return edit(call, undone, before, committed.path("version").longValue() - 1).thenCompose(edit -> {
            boolean same = operation(call.workspace(), committed).operation() instanceof Operation.Edit first
                && withoutDeleted(first.changes()).equals(edit.changes());
            return same ? CompletableFuture.completedFuture(committed)
                : writer.write(call, call.identity(), head, edit).thenApply(LiveOperation::json);
        });
    }

    private static List<Change> withoutDeleted(List<Change> changes) {
        return changes.stream().map(change -> new Change(change.at(), change.delete(), change.insert())).toList();
    }

    /** What takes an edit back at a version, given what was committed in its file between. */
    private CompletionStage<Operation.Edit> edit(Call call, CanonicalOperation undone, List<ObjectNode> later,
                                                 long version) {
        List<CanonicalOperation> between = later.stream().map(each -> operation(call.workspace(), each)).toList();
        return read(call.workspace(), undone.file(), version).thenApply(file ->
            Undo.edit(undone, between, Undo.undone(between), CodePoints.count(file.text())));
    }

    /**
     * The later operations on the same file, or nothing where they are more than one call may hold; reads page by page
     * and blocks meanwhile: for worker threads.
     */
    private Optional<List<ObjectNode>> later(String workspace, CanonicalOperation undone, long head) {
        List<ObjectNode> later = new ArrayList<>();
        long[] characters = {0};
        OperationPages.visit(reader, workspace, undone.version(), head, message -> {
            if (undone.file().equals(message.path("file").textValue())) {
                later.add(message);
                characters[0] += characters(message);
            }
            return later.size() <= LATER_OPERATIONS_MAX && characters[0] <= LATER_CHARACTERS_MAX;
        });
        return later.size() > LATER_OPERATIONS_MAX || characters[0] > LATER_CHARACTERS_MAX ? Optional.empty()
            : Optional.of(later);
    }

    private static long characters(ObjectNode message) {
        long characters = message.at("/op/text").asText().length();
        for (JsonNode change : message.at("/op/changes")) {
            characters += change.path("insert").asText().length() + change.path("deleted").asText().length();
        }
        return characters;
    }

    private CompletionStage<FileText> read(String workspace, String file, long version) {
        return reader.file(workspace, FileReference.ofFile(file), AsOf.version(version), ReadBound.NONE);
    }

    /** What a message says; what it does not say is left empty. */
    private static CanonicalOperation operation(String workspace, ObjectNode message) {
        return new CanonicalOperation(workspace, message.path("version").longValue(),
            message.path("file").textValue(), message.path("path").textValue(), message.path("author").asText(),
            message.path("session").asText(), message.path("seq").longValue(), 0, null, 0,
            message.path("time").longValue(), OperationJson.operation(message.path("op")), Hash.ZERO, Hash.ZERO);
    }
}
